package dev.kodo.kernel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kodo.kernel.budget.Raise;
import dev.kodo.kernel.budget.RaiseFile;
import dev.kodo.kernel.budget.Usd;
import dev.kodo.kernel.home.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** "Spend more today?" is asked in the body's words and answered in the kernel's. */
class SpendMoreTest {
  private static final LocalDate DAY = LocalDate.parse("2026-11-21");

  @TempDir Path home;
  private RunningHome running;

  @BeforeEach
  void run() throws IOException {
    running = new RunningHome(home);
    running.answers.put("GET /budget", report("4.9", "4.9", "5", ""));
    running.answers.put("POST /api/decisions/D-7", "{\"result\":\"approved\"}");
    ask("main", "Spend one cent more?");
  }

  @AfterEach
  void stop() throws IOException {
    running.close();
  }

  @Test
  void raisesTodaysCapsAfterTheOwnerHasReadByHowMuch() throws IOException {
    CommandRun unread = CommandRun.of(home, "approve", "D-7");
    assertThat(unread.err()).contains("DECISION_UNREAD");
    assertThat(unread.out())
        .contains("Spend one cent more?", "Kodo's own words")
        .contains("on 2026-11-21 only, of agent main from $5.00 to $7.50")
        .contains("of all agents from $5.00 to $7.50");
    assertThat(file()).doesNotExist();

    CommandRun read = CommandRun.of(home, "approve", "D-7");

    assertThat(read.exit()).isZero();
    assertThat(read.out()).contains("D-7 -> approved", "ends with the day");
    assertThat(new RaiseFile(file()).parse(Files.readString(file())))
        .isEqualTo(new Raise(DAY, usd("2.5"), Map.of("main", usd("2.5")), "D-7"));
    assertThat(home.resolve("budget.yml")).doesNotExist();
  }

  @Test
  void takesTheListForRead() {
    assertThat(CommandRun.of(home, "approvals").out()).contains("Kodo's own words");

    assertThat(CommandRun.of(home, "approve", "D-7").exit()).isZero();
    assertThat(file()).exists();
  }

  @Test
  void asksAgainWhenTheAmountHasChangedMeanwhile() {
    assertThat(CommandRun.of(home, "approvals").exit()).isZero();
    running.answers.put("GET /budget", report("49", "49", "50", ""));

    assertThat(CommandRun.of(home, "approve", "D-7").err()).contains("DECISION_CHANGED");
    assertThat(file()).doesNotExist();
  }

  @Test
  void raisesNothingWhenSomebodyElseAnsweredBefore() {
    running.answers.put("POST /api/decisions/D-7", "{\"result\":\"overdue\"}");
    assertThat(CommandRun.of(home, "approvals").exit()).isZero();

    assertThat(CommandRun.of(home, "approve", "D-7").exit()).isEqualTo(1);
    assertThat(file()).doesNotExist();
  }

  @Test
  void raisesNothingForANoOrForAnAgentThatDoesNotExist() {
    assertThat(CommandRun.of(home, "reject", "D-7").exit()).isZero();
    ask("stranger", "Spend more?");
    assertThat(CommandRun.of(home, "approvals").out()).doesNotContain("Kodo's own words");
    assertThat(CommandRun.of(home, "approve", "D-7").exit()).isZero();

    assertThat(file()).doesNotExist();
  }

  @Test
  void listsTheQuestionAlsoWhenTheGuardIsSilent() {
    running.answers.remove("GET /budget");

    assertThat(CommandRun.of(home, "approvals").out()).contains("Spend one cent more?");
    assertThat(CommandRun.of(home, "approve", "D-7").err()).contains("GUARD_UNREACHABLE");
    assertThat(file()).doesNotExist();
  }

  @Test
  void raisesOnlyTheCapThatLeavesNoRoom() throws IOException {
    JsonNode report = Json.parse(report("2", "0.9", "1", ""));

    assertThat(SpendMore.of(report, "main", "D-7").raise())
        .isEqualTo(new Raise(DAY, Usd.ZERO, Map.of("main", usd("0.5")), "D-7"));
    assertThat(SpendMore.of(report, "main", "D-7").sentence()).contains("all agents not beyond");
  }

  /** The agent's half is not enough to make a call possible: the day leaves less than that. */
  @Test
  void raisesTheDayByItsHalfWhereItBindsAndTheSmallCapOfTheAgentByItsOwn() throws IOException {
    JsonNode report = Json.parse(report("4.9", "0.5", "1", ""));

    SpendMore more = SpendMore.of(report, "main", "D-7");

    assertThat(more.raise())
        .isEqualTo(new Raise(DAY, usd("2.5"), Map.of("main", usd("0.5")), "D-7"));
    assertThat(more.sentence())
        .contains("of agent main from $1.00 to $1.50", "of all agents from $5.00 to $7.50");
  }

  @Test
  void addsASecondYesToTheFirst() throws IOException {
    String before =
        "\"raisedToday\":{\"decision\":\"D-7\",\"per-day\":\"2\",\"agents\":{\"owl\":\"1\"}},";
    JsonNode report = Json.parse(report("4.9", "4.9", "5", before));

    assertThat(SpendMore.of(report, "main", "D-9").raise())
        .isEqualTo(new Raise(DAY, usd("4.5"), Map.of("main", usd("2.5"), "owl", usd("1")), "D-9"));
  }

  @Test
  void showsTheRaiseInTheBudget() throws IOException {
    String raised =
        "\"raisedToday\":{\"decision\":\"D-7\",\"per-day\":\"2\",\"agents\":{\"main\":\"1\"}},";

    assertThat(BudgetText.of(Json.parse(report("4.9", "4.9", "7", raised)), "agent"))
        .contains("for today only, by your yes to D-7: all agents by $2.00, agent main by $1.00.");
  }

  private void ask(String agent, String question) {
    running.answers.put(
        "GET /api/decisions",
        """
        [{"decisionId":"D-7","agentId":"%s","kind":"spend-more-today","question":"%s",
          "detail":"","hash":"h","dueAt":"2026-11-21T23:00:00Z"}]
        """
            .formatted(agent, question));
  }

  private static String report(String daySpent, String spent, String cap, String more) {
    return """
        {"at":"2026-11-21T10:00:00Z","day":"2026-11-21","window":"2026-11-21T10:00:00Z",%s
         "caps":{"per-call":"1","per-heartbeat":"2","per-hour":"2.5","per-day":"%s",
           "per-agent":"5","unknown-price":"0.1"},
         "spent":{"day":"%s","hour":"0"},
         "agents":[{"agent":"main","spent":"%s","cap":"%s"}],
         "pricesAsOf":"2026-11-05","unpriced":[],"trouble":"","lines":[],"days":[]}
        """
        .formatted(more, cap.equals("50") ? "50" : "5", daySpent, spent, cap);
  }

  private Path file() {
    return home.resolve("budget-today.yml");
  }

  private static Usd usd(String text) {
    return Usd.parse(text);
  }
}
