package dev.kodo.kernel.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read out of answers, beside the guard's own settlement. */
class UsageTest {
  private static final Wire OPEN_AI = new OpenAiWire();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<think>Well</think>Yes | 4 | 3",
        "' \n<think>Well</think>Yes' | 4 | 3",
        "Well</think>Yes | 4 | 3",
        "<think>Well | 4 | 0",
        "Yes | 0 | 3",
        "<thin | 0 | 5",
      })
  void partsThoughtsFromTheAnswerWhereverTheTextIsCut(String text, long thoughts, long answer) {
    for (int length = 1; length <= text.length(); length++) {
      ThoughtTags tags = new ThoughtTags();
      for (int at = 0; at < text.length(); at += length) {
        tags.take(text.substring(at, Math.min(text.length(), at + length)));
      }
      assertThat(tags.thoughtBytes()).as("in pieces of " + length).isEqualTo(thoughts);
      assertThat(tags.answerBytes()).as("in pieces of " + length).isEqualTo(answer);
    }
  }

  @Test
  void measuresAStreamThatTellsNoTimesByItsEvents() {
    AtomicLong nanos = new AtomicLong();
    Usage usage = new Usage(new StreamTimes(false, nanos::get));
    for (int i = 0; i < 5; i++) {
      nanos.addAndGet(i == 0 ? 2_000_000_000L : 100_000_000L);
      OPEN_AI.event("data: {\"choices\":[{\"delta\":{\"content\":\"word \"}}]}", usage);
    }

    Measured cut = usage.measured(Ended.TIMEOUT, 200, null);
    assertThat(cut.read()).isEqualTo(new Measured.Pace(null, 2_000, false));
    assertThat(cut.write()).isEqualTo(new Measured.Pace(4, 400, false));
    assertThat(cut.tokens().reported()).isFalse();
    assertThat(cut.answerBytes()).isEqualTo(25);

    OPEN_AI.event(
        "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"length\"}],\"usage\":"
            + "{\"prompt_tokens\":100,\"completion_tokens\":9,"
            + "\"prompt_tokens_details\":{\"cached_tokens\":60}}}",
        usage);
    Measured whole = usage.measured(Ended.COMPLETE, 200, null);
    assertThat(whole.read()).isEqualTo(new Measured.Pace(40, 2_000, false));
    assertThat(whole.write()).isEqualTo(new Measured.Pace(8, 400, false));
    assertThat(whole.finish()).isEqualTo("length");
    assertThat(whole.tokens().reported()).isTrue();
    assertThat(whole.tokens().thinking()).isZero();
  }

  @Test
  void takesNoLoadingForReading() {
    AtomicLong nanos = new AtomicLong();
    Usage usage = new Usage(new StreamTimes(true, nanos::get));
    nanos.set(90_000_000_000L);
    OPEN_AI.event("data: {\"choices\":[{\"delta\":{\"content\":\"word\"}}]}", usage);

    assertThat(usage.measured(Ended.COMPLETE, 200, null).read()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "501", "null", "\"many\""})
  void knowsNoCachedShareThatCannotBe(String cached) throws Exception {
    Usage usage = new Usage();
    OPEN_AI.whole(
        StrictJson.answer(
            "{\"choices\":[],\"usage\":{\"prompt_tokens\":500,\"completion_tokens\":7,"
                + "\"prompt_tokens_details\":{\"cached_tokens\":"
                + cached
                + "}}}"),
        usage);

    assertThat(usage.measured(Ended.COMPLETE, 200, null).tokens().cached()).isNull();
  }
}
