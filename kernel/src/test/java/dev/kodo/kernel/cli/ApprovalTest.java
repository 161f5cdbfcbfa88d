package dev.kodo.kernel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApprovalTest {
  @TempDir Path home;

  private RunningHome running;

  @BeforeEach
  void run() throws IOException {
    running = new RunningHome(home);
    waiting("D-12", "Deploy the diagram?", "h12");
    running.answers.put("POST /api/decisions/D-12", "{\"result\":\"approved\"}");
  }

  @AfterEach
  void stop() throws IOException {
    running.close();
  }

  @Test
  void neverTakesTheBeginningOfAnIdForTheId() {
    CommandRun run = CommandRun.of(home, "approve", "D-1");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("DECISION_UNKNOWN");
    assertThat(posts()).isZero();
  }

  @Test
  void showsTheWholeQuestionBeforeTheAnswerAndBindsTheAnswerToIt() {
    CommandRun run = CommandRun.of(home, "approve", "d-12", "--comment", "go on");

    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("Deploy the diagram?", "all of it", "D-12 -> approved");
    assertThat(running.requests.getLast()).contains("\"h12\"", "go on");
  }

  @Test
  void refusesTheAnswerToAQuestionThatChangedSinceItWasShown() {
    assertThat(CommandRun.of(home, "approvals").out()).contains("kodo approve D-12");
    waiting("D-12", "Delete the workspace?", "other");

    CommandRun run = CommandRun.of(home, "approve", "D-12");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).contains("Delete the workspace?");
    assertThat(run.err()).contains("DECISION_CHANGED");
    assertThat(posts()).isZero();

    assertThat(CommandRun.of(home, "approve", "D-12").exit()).as("now it was shown").isZero();
    assertThat(running.requests.getLast()).contains("\"other\"");
  }

  @Test
  void doesNotBelieveTheHashThatTheBodySendsBesideAnotherText() {
    assertThat(CommandRun.of(home, "approvals").exit()).isZero();
    waiting("D-12", "Delete the workspace?", "h12");

    assertThat(CommandRun.of(home, "approve", "D-12").err()).contains("DECISION_CHANGED");
    assertThat(posts()).isZero();
  }

  @Test
  void neverTakesAnotherProgramsPageForAnEmptyList() {
    running.answers.put("GET /api/decisions", "<html>hello</html>");

    CommandRun run = CommandRun.of(home, "approvals");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).doesNotContain("Nothing waits");
    assertThat(run.err()).contains("WORKERS_REFUSED").contains("<html>");
  }

  @Test
  void letsNoQuestionRuleTheTerminal() {
    waiting("D-12", "ok?\\u001b[2J\\u202eno", "h12");

    CommandRun run = CommandRun.of(home, "approvals");

    assertThat(run.out()).contains("ok?[2Jno").doesNotContain("\u001b", "\u202e");
  }

  private void waiting(String id, String question, String hash) {
    running.answers.put(
        "GET /api/decisions",
        """
        [{"decisionId":"%s","agentId":"main","question":"%s","detail":"all of it",
          "hash":"%s","dueAt":"2026-01-08T00:00:00Z"}]
        """
            .formatted(id, question, hash));
  }

  private long posts() {
    return running.requests.stream().filter(request -> request.startsWith("POST")).count();
  }
}
