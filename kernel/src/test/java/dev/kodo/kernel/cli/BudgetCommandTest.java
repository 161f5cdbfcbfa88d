package dev.kodo.kernel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kodo.kernel.Samples;
import dev.kodo.kernel.home.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetCommandTest {
  private static final String REPORT = Samples.text("budget.json");

  @TempDir Path folder;

  @Test
  void showsWhatIsSpentAgainstTheCapsAndOverTheDays() throws IOException {
    String text = BudgetText.of(Json.parse(REPORT), "model");

    assertThat(text)
        .contains("all agents, day   [########················] $1.50 of $5.00")
        .contains("all agents, hour  [#·······················] under $0.0001 of $2.50")
        .contains("30 %", "MODEL", "openai/gpt-4o-mini", "$1.20", "900")
        .contains("openrouter/auto costs", "2026-11-20 ######  ", "$0.30, 3 calls")
        .doesNotContain("The clock once said", "not in force", "cached");
    assertThat(
            BudgetText.of(
                Json.parse(REPORT.replace("\"cachedTokens\":null", "\"cachedTokens\":450")),
                "model"))
        .contains("900 (450 cached)");
    String trouble = "\"trouble\":\"Cut off.\",\"next\":\"Write it again.\"";
    assertThat(
            BudgetText.of(
                Json.parse(REPORT.replace("\"trouble\":\"\",\"next\":\"\"", trouble)), "model"))
        .contains("An edit is not in force: Cut off. Write it again.\n");
    assertThat(
            BudgetText.of(
                Json.parse(REPORT.replace("\"window\":\"2026", "\"window\":\"2027")), "model"))
        .contains("The clock once said 2027-11-21");
  }

  @Test
  void saysTheBudgetInOneLineOfTheStatus() throws IOException {
    var status = Json.object().put("running", true);
    status.set("kernel", Json.object());
    status.set("budget", Json.parse(REPORT));
    assertThat(StatusText.of(status, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), ZoneOffset.UTC))
        .contains("Budget: $1.50 of $5.00 today, under $0.0001 of $2.50 this hour\n");
  }

  @Test
  void changesACapAndSaysWhatItWas() throws IOException {
    CommandRun first = CommandRun.of(folder, "budget", "set", "8/day");
    CommandRun again = CommandRun.of(folder, "budget", "set", "0.25/call");
    CommandRun agent = CommandRun.of(folder, "budget", "set", "1/day", "--agent", "main");

    assertThat(first.out())
        .isEqualTo(
            """
            all agents: $8.00 per day, before $5.00.
            In force from the next `kodo up` on: $1.60 per call, $3.20 per heartbeat, $4.00 per \
            hour, $8.00 per day; each agent $8.00 per day.
            """);
    assertThat(again.out()).contains("$0.25 per call, before $1.60");
    assertThat(agent.out()).contains("agent main: $1.00 per day, before $8.00");
    assertThat(folder.resolve("budget.yml"))
        .hasContent("per-day: 8\nper-call: 0.25\nagents.main: 1\n");
  }

  @Test
  void saysWhichCapsAreInForceNow() throws IOException {
    try (RunningHome running = new RunningHome(folder)) {
      running.answers.put("GET /budget", report("2.5", "8", "", ""));

      CommandRun run = CommandRun.of(folder, "budget", "set", "8/day");

      assertThat(run.out())
          .isEqualTo(
              """
              all agents: $8.00 per day, before $5.00.
              In force now: $1.00 per call, $2.00 per heartbeat, $2.50 per hour, $8.00 per day; \
              each agent $8.00 per day.
              """);
    }
  }

  /** A key that went missing keeps the lower caps; what was set is then written, not in force. */
  @Test
  void saysThatALowerCapIsHeldAndWhatLiftsIt() throws IOException {
    try (RunningHome running = new RunningHome(folder)) {
      running.answers.put(
          "GET /budget", report("2.5", "5", "Expected `per-hour`.", "Give it `default`."));

      CommandRun run = CommandRun.of(folder, "budget", "set", "8/day");
      JsonNode json = Json.parse(CommandRun.of(folder, "budget", "set", "8/day", "--json").out());

      assertThat(run.exit()).isZero();
      assertThat(run.out())
          .contains("Not in force: $5.00 per day still holds.", "In force now: $1.00 per call")
          .contains("Expected `per-hour`. Give it `default`.");
      assertThat(json.path("inForce").asBoolean(true)).isFalse();
      assertThat(json.path("caps").path("per-day").asText()).isEqualTo("5");
      assertThat(json.path("trouble").asText()).isEqualTo("Expected `per-hour`.");
      assertThat(json.path("next").asText()).isEqualTo("Give it `default`.");
    }
  }

  /** The raise of today stands above both, so it must not hide a cap that is held. */
  @Test
  void seesAHeldCapBehindTheRaiseOfToday() throws IOException {
    try (RunningHome running = new RunningHome(folder)) {
      String raised = "\"raisedToday\":{\"decision\":\"D-7\",\"per-day\":\"4\",\"agents\":{}},";
      running.answers.put(
          "GET /budget",
          report("2.5", "9", "Cut off.", "").replace("{\"at", "{" + raised + "\"at"));

      assertThat(CommandRun.of(folder, "budget", "set", "8/day").out()).contains("Not in force");
      assertThat(CommandRun.of(folder, "budget", "set", "5/day").out())
          .doesNotContain("Not in force");
    }
  }

  @Test
  void namesTheCapsThatBindBeforeTheOneThatWasSet() throws IOException {
    try (RunningHome running = new RunningHome(folder)) {
      running.answers.put("GET /budget", report("2.5", "5", "", ""));

      assertThat(CommandRun.of(folder, "budget", "set", "1/call").out()).doesNotContain("bind");
      running.answers.put(
          "GET /budget", report("2.5", "5", "", "").replace("call\":\"1\"", "call\":\"3\""));
      CommandRun call = CommandRun.of(folder, "budget", "set", "3/call");
      running.answers.put("GET /budget", report("2.5", "5", "", "").replace("8\"", "6\""));
      JsonNode agent =
          Json.parse(
              CommandRun.of(folder, "budget", "set", "6/day", "--agent", "main", "--json").out());

      assertThat(call.out())
          .contains("Lower caps bind before it: $2.00 per heartbeat, $2.50 per hour.")
          .contains("`kodo budget set 3/heartbeat`");
      assertThat(agent.path("inForce").asBoolean()).isTrue();
      assertThat(agent.path("lower"))
          .hasToString(
              "[{\"cap\":\"per-day\",\"amount\":\"5\",\"next\":\"kodo budget set 6/day\"}]");
    }
  }

  @Test
  void namesAnAgentWhoseOwnCapBindsBeforeTheDayOfAll() {
    CommandRun.of(folder, "budget", "set", "1/day", "--agent", "main");

    assertThat(CommandRun.of(folder, "budget", "set", "8/day").out())
        .contains("Lower caps bind before it: $1.00 per day of agent main.")
        .contains("`kodo budget set 8/day --agent main`");
  }

  @Test
  void doesNotSayWhatIsInForceWhenTheGuardIsSilent() throws IOException {
    try (RunningHome running = new RunningHome(folder)) {
      CommandRun run = CommandRun.of(folder, "budget", "set", "8/day");

      assertThat(running.requests).contains("GET /budget ");
      assertThat(run.exit()).isZero();
      assertThat(run.out()).contains("did not answer", "`kodo budget`").doesNotContain("In force");
      JsonNode json = Json.parse(CommandRun.of(folder, "budget", "set", "8/day", "--json").out());
      assertThat(json.path("inForce").isNull()).isTrue();
      assertThat(json.path("caps").isNull()).isTrue();
    }
  }

  private static String report(String hour, String day, String trouble, String next) {
    return """
        {"at":"2026-11-21T10:00:00Z","day":"2026-11-21",
         "caps":{"per-call":"1","per-heartbeat":"2","per-hour":"%s","per-day":"%s",
           "per-agent":"8","unknown-price":"0.1"},
         "agents":[{"agent":"main","spent":"1.4","cap":"8"}],"trouble":"%s","next":"%s"}
        """
        .formatted(hour, day, trouble, next);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "5|a unit",
        "5/week|a unit",
        "five/day|US dollars",
        "-5/day|AMOUNT/UNIT",
        "1e3/day|US dollars",
        "/day|US dollars",
        "5/|a unit"
      })
  void refusesWhatIsNoCap(String words, String named) {
    CommandRun run = CommandRun.of(folder, "budget", "set", words);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains(named);
    assertThat(Files.exists(folder.resolve("budget.yml"))).isFalse();
  }

  @Test
  void knowsItsAgents() {
    CommandRun stranger = CommandRun.of(folder, "budget", "set", "1/day", "--agent", "owl");
    assertThat(stranger.exit()).isEqualTo(2);
    assertThat(stranger.err()).contains("main", "AGENT_UNKNOWN");
    assertThat(CommandRun.of(folder, "budget", "set", "1/hour", "--agent", "main").exit())
        .isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"budget", "budget --json", "budget --by model --since 30d"})
  void saysThatNothingRuns(String words) {
    CommandRun run = CommandRun.of(folder.resolve("home"), words.split(" ", -1));
    assertThat(run.exit()).isEqualTo(4);
    assertThat(run.err()).contains("kodo up");
    assertThat(folder.resolve("home")).doesNotExist();
  }
}
