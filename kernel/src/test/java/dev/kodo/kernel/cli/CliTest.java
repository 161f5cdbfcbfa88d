package dev.kodo.kernel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kodo.kernel.problem.ProblemReference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CliTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(
      value = CommandName.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"REFERENCE", "TRAINING"})
  void teachesEveryCommandWithExamples(CommandName command) {
    CommandRun run = CommandRun.of(home(), command.word(), "--help");

    assertThat(run.exit()).isZero();
    assertThat(run.out()).startsWith("Usage: kodo " + command.word()).contains("Example");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status",
        "status --json",
        "doctor",
        "doctor --json",
        "version",
        "--version",
        "--help",
        "help up",
        "help theme add",
        "completion",
        "constitution",
        "audit verify",
        "audit show",
        "logs",
        "down",
        "approvals",
        "beat",
        "deploy",
        "training"
      })
  void createsNothingForAQuestion(String words) {
    CommandRun run = CommandRun.of(home(), words.split(" ", -1));

    assertThat(run.out() + run.err()).isNotBlank();
    assertThat(home()).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status",
        "beat",
        "deploy",
        "approvals",
        "approve x",
        "reject x",
        "audit verify",
        "audit show"
      })
  void answersNotRunningWithExitCode4(String words) {
    assertThat(CommandRun.of(home(), words.split(" ", -1)).exit()).isEqualTo(4);
  }

  @Test
  void saysInOneSentenceThatNothingRuns() {
    assertThat(CommandRun.of(home(), "status").out())
        .isEqualTo("Kodo is not running. Start it with `kodo up`.\n");
    assertThat(CommandRun.of(home(), "status", "--json").out()).contains("\"running\" : false");
  }

  @Test
  void proposesTheCommandThatWasProbablyMeant() {
    CommandRun run = CommandRun.of(home(), "stats");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("status");
  }

  @Test
  void refusesAnUnknownOptionWithExitCode2() {
    assertThat(CommandRun.of(home(), "status", "--jsn").exit()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--kind everything", "--since yesterday", "--limit many"})
  void refusesAFilterOfTheAuditLogThatMeansNothing(String filter) {
    CommandRun run = CommandRun.of(home(), ("audit show " + filter).split(" ", -1));

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains(filter.substring(filter.indexOf(' ') + 1));
  }

  @Test
  void namesTheBrokenConfigurationKeyOnStart() throws IOException {
    Files.createDirectories(home());
    Files.writeString(home().resolve("kodo.yml"), "heartbeat.intervall: 5m\n");

    CommandRun run = CommandRun.of(home(), "theme", "add", "two words");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("`heartbeat.interval`").contains("CONFIG_UNKNOWN_KEY");
    assertThat(run.err()).doesNotContain("at dev.kodo");
  }

  @Test
  void examinesGitAsTheWorkspaceNeedsIt() {
    assertThat(CommandRun.of(home(), "doctor").out()).containsPattern("[✓✗] git ");
  }

  @Test
  void repeatsTheWordsOfATestCommandAsTheyWere() {
    assertThat(CommandRun.of(home(), "test", "--fast", "--", "-pl", "kernel").err())
        .endsWith("kodo test --fast -pl kernel\n");
  }

  @Test
  void panicsAndResumesWithoutARunningKernel() {
    CommandRun panic = CommandRun.of(home(), "panic");
    CommandRun beat = CommandRun.of(home(), "beat");
    CommandRun resume = CommandRun.of(home(), "resume");
    CommandRun again = CommandRun.of(home(), "resume");

    assertThat(panic.exit()).isZero();
    assertThat(beat.exit()).isEqualTo(6);
    assertThat(resume.out()).contains("lifted");
    assertThat(again.out()).contains("no panic");
  }

  @Test
  void neverLiftsAPanicForOneAgent() {
    CommandRun.of(home(), "panic");

    CommandRun known = CommandRun.of(home(), "resume", "--agent", "main");
    CommandRun unknown = CommandRun.of(home(), "resume", "--agent", "typo");

    assertThat(known.exit()).isEqualTo(6);
    assertThat(unknown.exit()).isEqualTo(2);
    assertThat(home().resolve("run/panic")).exists();
  }

  @Test
  void neverWipesAPanic() throws IOException {
    Path data = Files.createDirectories(home().resolve("data/postgres"));
    CommandRun.of(home(), "panic");

    CommandRun run = CommandRun.of(home(), "up", "--fresh", "--yes");

    assertThat(run.exit()).isEqualTo(6);
    assertThat(home().resolve("run/panic")).exists();
    assertThat(data).exists();
  }

  @Test
  void wipesNothingWithoutAYes() throws IOException {
    Path data = Files.createDirectories(home().resolve("data/postgres"));

    CommandRun run =
        CommandRun.of(home(), "no\n".getBytes(StandardCharsets.UTF_8), "up", "--fresh");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).contains(home().resolve("data").toString());
    assertThat(data).exists();
  }

  @Test
  void neverWipesThroughALink() throws IOException {
    Path outside = Files.createDirectories(folder.resolve("outside"));
    Path precious = Files.writeString(outside.resolve("precious"), "x");
    Files.createDirectories(home());
    Files.createSymbolicLink(home().resolve("data"), outside);

    CommandRun run = CommandRun.of(home(), "up", "--fresh", "--yes");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("is a link");
    assertThat(precious).exists();
  }

  @Test
  void keepsTheTablesOfTheDocumentationInStep() throws IOException {
    String operations = Files.readString(Path.of("..", "docs", "operations.md"));

    assertThat(operations)
        .as("regenerate with: kodo reference exit-codes")
        .contains(ProblemReference.exitCodes());
    assertThat(operations)
        .as("regenerate with: kodo reference errors")
        .contains(ProblemReference.errors());
  }

  @Test
  void printsACompletionScriptThatKnowsTheCommands() {
    assertThat(CommandRun.of(home(), "completion").out()).contains("theme", "approvals", "bash");
  }

  private Path home() {
    return folder.resolve("home");
  }

  @Test
  void refusesOperateBesideAnExternalEngineBeforeAnythingIsWiped() throws IOException {
    Files.createDirectories(home().resolve("data"));
    Files.writeString(home().resolve("kodo.yml"), "engine.mode: external\n");

    CommandRun run = CommandRun.of(home(), "up", "--operate", "--fresh", "--yes");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("`engine.mode` is external").contains("OPERATE_ELSEWHERE");
    assertThat(home().resolve("data")).exists();
  }
}
