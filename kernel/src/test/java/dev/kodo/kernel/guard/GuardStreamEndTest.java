package dev.kodo.kernel.guard;

import static dev.kodo.kernel.guard.GuardFixture.openAi;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kodo.kernel.audit.AuditEvent;
import dev.kodo.kernel.audit.Kind;
import dev.kodo.kernel.budget.Usd;
import dev.kodo.kernel.home.Json;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every stream ends with an event of the guard's own, and in order, however it ends. */
@Tag("slow")
class GuardStreamEndTest {
  private static final String SSE = "text/event-stream";
  private static final String PAID = "/models/paid/chat/completions";
  private static final String CALL = openAi("Hello", "");
  private static final String STREAMED = openAi("Hello", ",\"stream\":true");
  private static final String EVENT = "data: {\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}\n\n";
  private static final String FINISH =
      "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
  private static final String USAGE =
      "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":500,\"completion_tokens\":7}}\n\n";
  private static final String DONE = "data: [DONE]\n\n";

  @TempDir Path folder;
  private GuardFixture fixture;

  @BeforeEach
  void start() throws Exception {
    fixture = new GuardFixture(folder);
  }

  @AfterEach
  void stop() throws IOException {
    fixture.close();
  }

  @Test
  void tellsWhatTheServerSaidOfACompleteStream() throws Exception {
    String usage =
        """
        data: {"choices":[],"model":"m","system_fingerprint":"b1","usage":{"prompt_tokens":500,\
        "completion_tokens":40,"prompt_tokens_details":{"cached_tokens":400},\
        "completion_tokens_details":{"reasoning_tokens":30}},\
        "timings":{"cache_n":400,"prompt_n":100,"prompt_ms":812.4,"predicted_n":40,"predicted_ms":1600.2}}

        """;
    fixture.provider.does(FakeProvider.stream(SSE, false, EVENT, FINISH, usage, DONE));

    HttpResponse<String> answer = fixture.send(fixture.request(PAID, STREAMED));

    assertThat(answer.headers().firstValue("Kodo-Bound")).contains("100");
    assertThat(answer.body()).startsWith(EVENT + FINISH + usage + DONE + "event: kodo\n");
    assertThat(Json.line(own(answer)))
        .isEqualTo(
            "{\"cost_usd\":\"0.0068\",\"basis\":\"reported\",\"input_tokens\":500,"
                + "\"cached_tokens\":400,\"output_tokens\":40,\"thinking_tokens\":30,\"bound\":100,"
                + "\"ended\":\"complete\",\"read_ms\":812,\"write_ms\":1600}");
    assertThat(recorded().detail())
        .containsEntry("cached-tokens", "400")
        .containsEntry("thinking-tokens", "30")
        .containsEntry("ended", "complete");
  }

  @Test
  void saysNothingOfWhatNobodyReported() throws Exception {
    fixture.provider.does(FakeProvider.stream(SSE, false, EVENT, FINISH, DONE));

    JsonNode own = own(fixture.send(fixture.request(PAID, STREAMED)));

    assertThat(own.path("basis").asText()).isEqualTo("estimated");
    for (String unknown :
        List.of("input_tokens", "cached_tokens", "output_tokens", "thinking_tokens", "write_ms")) {
      assertThat(own.get(unknown).isNull()).as(unknown).isTrue();
    }
    assertThat(recorded().detail()).doesNotContainKeys("cached-tokens", "thinking-tokens");
  }

  @Test
  void countsTheThoughtsThatAServerShowsAndDoesNotCount() throws Exception {
    String thought =
        "data: {\"choices\":[{\"delta\":{\"reasoning_content\":\"HmHmHm\",\"reasoning\":\"HmHmHm\"}}]}\n\n";
    fixture.provider.does(
        FakeProvider.stream(
            SSE,
            false,
            thought,
            EVENT,
            FINISH,
            USAGE.replace("\"completion_tokens\":7", "\"completion_tokens\":8"),
            DONE));

    JsonNode own = own(fixture.send(fixture.request(PAID, STREAMED)));

    assertThat(own.path("thinking_tokens").asInt()).isEqualTo(6);
  }

  @Test
  void takesACompleteStreamWithoutALastWordForComplete() throws Exception {
    fixture.provider.does(FakeProvider.stream(SSE, false, EVENT, FINISH, USAGE.stripTrailing()));

    HttpResponse<String> answer = fixture.send(fixture.request(PAID, STREAMED));

    assertThat(answer.body()).contains(USAGE + "event: kodo\n");
    assertThat(own(answer).path("ended").asText()).isEqualTo("complete");
    assertThat(own(answer).path("basis").asText()).isEqualTo("reported");
  }

  @Test
  void countsThePartsOfAnAnthropicPrompt() throws Exception {
    String begin =
        """
        event: message_start
        data: {"type":"message_start","message":{"model":"m","usage":{"input_tokens":100,\
        "cache_creation_input_tokens":50,"cache_read_input_tokens":350,"output_tokens":1}}}

        event: content_block_delta
        data: {"type":"content_block_delta","delta":{"type":"text_delta","text":"Hi"}}

        """;
    String end =
        """
        event: message_delta
        data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":7}}

        event: message_stop
        data: {"type":"message_stop"}

        """;
    fixture.provider.does(FakeProvider.stream(SSE, false, begin, end));
    JsonNode whole = own(fixture.call("claude", anthropic()));
    assertThat(whole.path("input_tokens").asInt()).isEqualTo(500);
    assertThat(whole.path("cached_tokens").asInt()).isEqualTo(350);
    assertThat(whole.path("output_tokens").asInt()).isEqualTo(7);
    assertThat(whole.path("ended").asText()).isEqualTo("complete");

    fixture.provider.does(cut(begin));
    JsonNode cut = own(fixture.call("claude", anthropic()));
    assertThat(cut.path("ended").asText()).isEqualTo("cut-off");
    assertThat(cut.path("basis").asText()).as("what came is not all").isEqualTo("worst-case");
    assertThat(cut.path("input_tokens").asInt()).isEqualTo(500);
    assertThat(cut.get("output_tokens").isNull()).isTrue();
  }

  @Test
  void endsALineOfJsonForOllama() throws Exception {
    fixture.provider.does(
        FakeProvider.stream(
            "application/x-ndjson",
            false,
            "{\"message\":{\"content\":\"Hi\"},\"done\":false}\n",
            "{\"message\":{\"content\":\"\"},\"done\":true,\"done_reason\":\"stop\","
                + "\"prompt_eval_count\":500,\"prompt_eval_duration\":900000000,"
                + "\"eval_count\":7,\"eval_duration\":350000000,\"load_duration\":9000000000}"));

    String body = fixture.call("local", ollama()).body();

    String last = body.strip().substring(body.strip().lastIndexOf('\n') + 1);
    JsonNode own = Json.parse(last).path("kodo");
    assertThat(own.path("basis").asText()).isEqualTo("free");
    assertThat(own.path("cost_usd").asText()).isEqualTo("0");
    assertThat(own.path("read_ms").asInt()).isEqualTo(900);
    assertThat(own.path("write_ms").asInt()).isEqualTo(350);
    assertThat(own.path("output_tokens").asInt()).isEqualTo(7);
    assertThat(own.get("cached_tokens").isNull()).isTrue();
  }

  @Test
  void leavesOutTheHalfOfAnEventInWhoseMiddleTheProviderBreaksOff() throws Exception {
    fixture.provider.does(cut(EVENT + EVENT.substring(0, 20)));

    HttpResponse<String> answer = fixture.send(fixture.request(PAID, STREAMED));

    assertThat(answer.body()).startsWith(EVENT + "event: kodo\n");
    assertThat(own(answer).path("ended").asText()).isEqualTo("cut-off");
    assertThat(own(answer).path("basis").asText()).isEqualTo("worst-case");
    assertThat(recorded().outcome()).isEqualTo("cut-off");
  }

  @Test
  void countsWhatTheProviderReportedBeforeItWasCut() throws Exception {
    fixture.provider.does(cut(EVENT + FINISH + USAGE));

    JsonNode own = own(fixture.send(fixture.request(PAID, STREAMED)));

    assertThat(own.path("ended").asText()).isEqualTo("cut-off");
    assertThat(own.path("basis").asText()).isEqualTo("reported");
    assertThat(own.path("output_tokens").asInt()).isEqualTo(7);
  }

  /** Some servers report in each event how far they are. */
  @Test
  void countsAtItsWorstWhatWasCutBeforeItsLastReport() throws Exception {
    String far =
        EVENT.replace("}]}", "}],\"usage\":{\"prompt_tokens\":500,\"completion_tokens\":1}}");
    fixture.provider.does(cut(far + far));

    JsonNode own = own(fixture.send(fixture.request(PAID, STREAMED)));

    assertThat(own.path("basis").asText()).isEqualTo("worst-case");
    assertThat(own.get("output_tokens").isNull()).isTrue();
  }

  @Test
  void endsAtTheTimeLimit() throws Exception {
    fixture.provider.does(silentAfter(EVENT));

    HttpResponse<String> answer = fixture.send(fixture.request(PAID, STREAMED));

    assertThat(answer.body()).startsWith(EVENT);
    assertThat(own(answer).path("ended").asText()).isEqualTo("timeout");
    assertThat(own(answer).path("basis").asText()).isEqualTo("worst-case");
    assertThat(recorded().outcome()).isEqualTo("provider-timeout");
    assertProviderIsLeft();
  }

  @Test
  void endsAtTheDeadlineOfTheCaller() throws Exception {
    fixture.provider.does(silentAfter(EVENT));

    HttpResponse<String> answer = fixture.send(deadline(STREAMED, Duration.ofSeconds(1)));

    assertThat(answer.body()).startsWith(EVENT);
    assertThat(own(answer).path("ended").asText()).isEqualTo("deadline");
    assertThat(recorded().outcome()).isEqualTo("deadline-passed");
    assertThat(recorded().detail()).containsEntry("ended", "deadline");
    assertProviderIsLeft();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void refusesAtTheDeadlineWhatHasNotBegun(boolean streamed) throws Exception {
    fixture.provider.does(streamed ? FakeProvider.untilLeft() : fixture.provider.drip());

    HttpResponse<String> answer =
        fixture.send(deadline(streamed ? STREAMED : CALL, Duration.ofSeconds(1)));

    assertThat(answer.statusCode()).isEqualTo(504);
    assertThat(answer.headers().firstValue("Kodo-Guard")).contains("deadline-passed");
    assertThat(answer.headers().firstValue("Kodo-Cost-Basis")).contains("worst-case");
    assertThat(answer.headers().firstValue("Kodo-Cost-Usd").map(Usd::parse).orElseThrow())
        .isEqualTo(fixture.guard.ledger().spending().day())
        .isGreaterThan(Usd.ZERO);
    assertProviderIsLeft();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2400-01-01T00:00:00Z", "+1000000000-12-31T23:59:59Z"})
  void takesADeadlineThatNeverComesForNone(String never) throws Exception {
    fixture.provider.does(FakeProvider.stream(SSE, false, EVENT, FINISH, USAGE, DONE));

    HttpResponse<String> answer =
        fixture.send(fixture.request(PAID, STREAMED).header("Kodo-Deadline", never));

    assertThat(own(answer).path("ended").asText()).isEqualTo("complete");
  }

  @Test
  void sendsNothingAfterTheDeadline() throws Exception {
    HttpResponse<String> answer = fixture.send(deadline(STREAMED, Duration.ZERO));

    assertThat(answer.headers().firstValue("Kodo-Guard")).contains("deadline-passed");
    assertThat(fixture.provider.seen()).isEmpty();
    assertThat(fixture.rows("select * from guard.spend")).isEmpty();
    assertThat(
            fixture
                .send(fixture.request(PAID, CALL).header("Kodo-Deadline", "tomorrow"))
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  void endsAtPanic() throws Exception {
    fixture.provider.does(silentAfter(EVENT));
    Thread panic =
        Thread.ofVirtual()
            .start(
                () -> {
                  await("the stream flows").until(() -> !fixture.provider.seen().isEmpty());
                  try {
                    Thread.sleep(300);
                    Files.createDirectories(fixture.home.run());
                    Files.createFile(fixture.home.panicFlag());
                  } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                });

    HttpResponse<String> answer = fixture.send(fixture.request(PAID, STREAMED));
    panic.join();

    assertThat(own(answer).path("ended").asText()).isEqualTo("stopped");
    assertThat(recorded().outcome()).isEqualTo("stopped");
    assertProviderIsLeft();
  }

  @Test
  void endsAStreamThatIsTooLong() throws Exception {
    byte[] comment = (": " + "x".repeat(1 << 16) + "\n").getBytes(StandardCharsets.US_ASCII);
    fixture.provider.does(
        out -> {
          out.write(FakeProvider.head(200, SSE, "", -1).getBytes(StandardCharsets.US_ASCII));
          while (true) {
            out.write(comment);
          }
        });

    HttpResponse<String> answer =
        fixture.send(fixture.request("/models/ample/chat/completions", STREAMED));

    assertThat(answer.body().substring(answer.body().length() - 300))
        .contains("event: kodo", "\"ended\":\"too-large\"", "\"basis\":\"flat\"");
    assertProviderIsLeft();
  }

  private void assertProviderIsLeft() {
    await("the provider is left")
        .atMost(Duration.ofSeconds(2))
        .until(() -> fixture.provider.connections() == 0);
  }

  private HttpRequest.Builder deadline(String body, Duration left) {
    return fixture
        .request(PAID, body)
        .header("Kodo-Deadline", fixture.clock.instant().plus(left).toString());
  }

  /** Ends the connection in the middle of a body in chunks. */
  private static FakeProvider.Behaviour cut(String events) {
    return FakeProvider.raw(
        FakeProvider.head(200, SSE, "Transfer-Encoding: chunked\r\n", -1)
            + Integer.toHexString(events.length())
            + "\r\n"
            + events
            + "\r\n");
  }

  private FakeProvider.Behaviour silentAfter(String event) {
    return out -> {
      FakeProvider.stream(SSE, true, event).answer(out);
      FakeProvider.untilLeft().answer(out);
    };
  }

  private static JsonNode own(HttpResponse<String> answer) throws IOException {
    String body = answer.body().stripTrailing();
    String last = body.substring(body.lastIndexOf("event: kodo"));
    assertThat(last).startsWith("event: kodo\ndata: ").doesNotContain("\n\n");
    return Json.parse(last.substring(last.indexOf('{')));
  }

  private static String anthropic() {
    return "{\"model\":\"m\",\"max_tokens\":100,\"stream\":true,\"system\":"
        + GuardFixture.quoted(GuardFixture.LAYER_0)
        + ",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";
  }

  private static String ollama() {
    return CALL.replace("\"max_tokens\":100", "\"options\":{\"num_predict\":100}");
  }

  private AuditEvent recorded() {
    await("the call is recorded").until(() -> !calls().isEmpty());
    return calls().getLast();
  }

  private List<AuditEvent> calls() {
    return fixture.audit.events().stream().filter(e -> e.kind() == Kind.MODEL_CALL).toList();
  }
}
