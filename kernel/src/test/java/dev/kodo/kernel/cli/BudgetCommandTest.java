package dev.kodo.kernel.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
        .doesNotContain("The clock once said");
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
            "all agents: $8.00 per day, before $5.00.\nIn force from the next `kodo up` on.\n");
    assertThat(again.out()).contains("$0.25 per call, before $1.60");
    assertThat(agent.out()).contains("agent main: $1.00 per day, before $8.00");
    assertThat(folder.resolve("budget.yml"))
        .hasContent("per-day: 8\nper-call: 0.25\nagents.main: 1\n");
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
