package dev.kodo.model;

import static dev.kodo.model.ModelFixture.HEARTBEAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kodo.process.ErrorCode;
import dev.kodo.worker.CallRefused;
import dev.kodo.worker.JobFailure;
import dev.kodo.worker.JobRun;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RehearsalModelTest {
  record Page(String title, String summary, String body) {}

  record Choice(String activity, String reason, int minutes) {}

  private final ModelFixture fixture = new ModelFixture();

  @TempDir Path folder;

  @Test
  void answersByRuleAndIsNamedARehearsal() {
    Models models = fixture.rehearsing(null);
    JobRun job = fixture.job();

    Answer<Page> answer = models.ask(job, think("The sea is wide. The shore is narrow."));

    assertThat(answer.value().body()).contains("The sea is wide.", "rule-based stand-in");
    assertThat(answer.use().rehearsal()).isTrue();
    assertThat(models.describe())
        .isEqualTo(new ModelDescription("rehearsal", "rehearsal", true, null));
    assertThat(models.ask(fixture.runs.again(job), think("Another theme"))).isEqualTo(answer);
    assertThat(models.useOf("main", HEARTBEAT))
        .isEqualTo(
            new HeartbeatUse("rehearsal", true, 1, 0, 0, null, new BigDecimal("0.000000000"), 0));
    assertThat(models.useOf("main", "20260101000000"))
        .isEqualTo(new HeartbeatUse("none", false, 0, 0, 0, null, BigDecimal.ZERO, 0));
  }

  @Test
  void answersAChoice() {
    Question<Choice> question =
        new Question<>(
            ModelFixture.contract(Purpose.CHOOSE_ACTIVITY, Choice.class),
            HEARTBEAT,
            "Choose.",
            List.of(new Section("Permitted activities", "observe\ncreate")));

    assertThat(fixture.rehearsing(null).ask(fixture.job(), question).value().activity())
        .isEqualTo("observe");
  }

  @Test
  void followsTheScriptInOrderAndThenTheRules() throws IOException {
    Models models =
        fixture.rehearsing(
            script(
                """
                - purpose: think
                  answer: {title: One, summary: First., body: Text.}
                  repeat: 2
                - purpose: choose-activity
                  text: for another purpose
                - purpose: think
                  text: 'Here it is: {"title":"Two","summary":"Second.","body":"Text."}'
                """));

    assertThat(title(models)).isEqualTo("One");
    assertThat(title(models)).isEqualTo("One");
    assertThat(title(models)).isEqualTo("Two");
    assertThat(title(models)).startsWith("Questions about");
  }

  @Test
  void givesARetryTheSameStepAgain() throws IOException {
    Models models =
        fixture.rehearsing(
            script(
                """
                - purpose: think
                  fail: refused
                - purpose: think
                  answer: {title: Next, summary: Next., body: Text.}
                """));
    JobRun refused = fixture.job();

    assertThatThrownBy(() -> models.ask(refused, think("x"))).isInstanceOf(CallRefused.class);
    assertThatThrownBy(() -> models.ask(fixture.runs.again(refused), think("x")))
        .isInstanceOf(CallRefused.class);
    JobRun next = fixture.job();
    assertThat(models.ask(next, think("x")).value().title()).isEqualTo("Next");
    assertThat(models.ask(fixture.runs.again(next), think("x")).value().title()).isEqualTo("Next");
    assertThat(title(models)).startsWith("Questions about");
  }

  @Test
  void repairsAndTimesOutByScript() throws IOException {
    Models models =
        fixture.rehearsing(
            script(
                """
                - purpose: think
                  text: no JSON
                - purpose: think
                  answer: {title: Repaired, summary: Well., body: Text.}
                - purpose: think
                  fail: time-out
                """));

    assertThat(title(models)).isEqualTo("Repaired");
    assertThat(fixture.states()).isEqualTo(Map.of("ask", "invalid", "repair", "repaired"));
    assertThatThrownBy(() -> title(models))
        .isInstanceOfSatisfying(
            JobFailure.class,
            failure ->
                assertThat(failure.meaning())
                    .isEqualTo(new JobFailure.Meaning.Throw(ErrorCode.OUTCOME_UNKNOWN)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          '- purpose: dream\n  text: x'              | step 1 has the unknown purpose 'dream'
          '- purpose: think\n  anwser: {}'           | step 1 has the unknown key 'anwser'
          '- purpose: think'                         | needs exactly one of
          '- purpose: think\n  text: x\n  fail: refused' | needs exactly one of
          '- purpose: think\n  fail: loudly'         | fails neither
          '- purpose: think\n  text: x\n  repeat: 0' | needs a 'repeat'
          '- think'                                  | step 1 is not a map
          'purpose: think'                           | it is not a list
          '[[['                                      | it is not YAML
          """)
  void saysWhatIsWrongWithAScript(String yaml, String message) throws IOException {
    Path file = script(yaml.replace("\\n", "\n"));

    assertThatThrownBy(() -> Script.of(file))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(message);
  }

  @Test
  void saysThatAScriptIsMissing() {
    assertThatThrownBy(() -> Script.of(folder.resolve("none.yml")))
        .hasMessageContaining("model.script");
  }

  private String title(Models models) {
    return models.ask(fixture.job(), think("The sea is wide.")).value().title();
  }

  private Path script(String yaml) throws IOException {
    return Files.writeString(folder.resolve("script.yml"), yaml);
  }

  private static Question<Page> think(String theme) {
    return new Question<>(
        ModelFixture.contract(Purpose.THINK, Page.class),
        HEARTBEAT,
        "Think.",
        List.of(new Section("Theme", theme)));
  }
}
