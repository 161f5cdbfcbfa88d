package dev.kodo.repair;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelfRepairTest {
  @TempDir Path folder;
  private RepairFixture kodo;

  @BeforeEach
  void prepare() {
    kodo = new RepairFixture(folder);
    kodo.instance(100, "story", null, "main");
  }

  @Test
  void findsNothingInAQuietEngine() {
    assertThat(kodo.look()).isEqualTo(new SelfRepairWorker.Look(true, "PT2M", List.of()));
    assertThat(kodo.repairs.report()).isEqualTo(new Repairs.Report(List.of(), null));
  }

  @Test
  void handsAnIncidentToTheRulesAndTriesItsJobOnceMore() {
    kodo.incident(500, 101, 100, "story", "No such folder");
    kodo.clock.advance(Duration.ofSeconds(40));

    assertThat(kodo.look().findings())
        .containsExactly(
            new SelfRepairWorker.Finding("R-1", "JOB_NO_RETRIES", "tell", "other", 0, null, 40));

    kodo.retry("R-1");

    assertThat(kodo.engine.repairs()).containsExactly("retries of 501: 1", "resolve 500");
    assertThat(kodo.entries)
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.subject()).isEqualTo("story/Task_Tell");
              assertThat(entry.outcome()).isEqualTo("tried-again");
              assertThat(entry.detail()).containsEntry("repair", "R-1");
            });
    assertThat(kodo.repairs.report().stuck())
        .singleElement()
        .satisfies(
            stuck -> {
              assertThat(stuck.attempts()).isEqualTo(1);
              assertThat(stuck.doing()).startsWith("tried again once");
            });
  }

  @Test
  void countsOnWhenTheSameStepIsStuckAgain() {
    kodo.incident(500, 101, 100, "story", "No such folder");
    kodo.look();
    kodo.retry("R-1");
    kodo.resolve(500);
    assertThat(kodo.look().findings()).isEmpty();
    assertThat(kodo.repairs.report().stuck()).isEmpty();

    kodo.clock.advance(Duration.ofMinutes(3));
    kodo.incident(600, 101, 100, "story", "Still none");

    assertThat(kodo.look().findings())
        .containsExactly(
            new SelfRepairWorker.Finding("R-1", "JOB_NO_RETRIES", "tell", "other", 1, 180L, 0));
    kodo.retry("R-1");
    assertThat(kodo.engine.repairs()).endsWith("retries of 601: 1", "resolve 600");
  }

  @Test
  void asksOnceAndLeavesTheStepWhenNobodyAnswers() {
    kodo.incident(500, 101, 100, "story", "No ``` such\u001b folder");
    kodo.look();

    RepairWorker.Asked asked = kodo.ask("R-1");
    assertThat(asked.asked()).isTrue();
    assertThat(asked.repairQuestion()).isEqualTo("Task_Tell of story is stuck. Try it again?");
    assertThat(asked.repairDetail())
        .contains("No ''' such  folder", "the process instance 100 (story) is cancelled");
    assertThat(kodo.ask("R-1").asked()).as("asked a second time").isFalse();
    assertThat(kodo.look().findings()).as("while a person is asked").isEmpty();

    assertThat(kodo.answer("R-1", asked.decisionId(), false, "overdue")).isEqualTo("leave");
    kodo.clock.advance(Duration.ofDays(30));

    assertThat(kodo.look().findings()).isEmpty();
    assertThat(kodo.ask("R-1").asked()).as("after nobody answered").isFalse();
    assertThat(kodo.repairs.report().stuck())
        .singleElement()
        .satisfies(stuck -> assertThat(stuck.doing()).contains("nobody answered"));
  }

  @Test
  void triesAgainAfterAYesAndAsksAnewWhenThatFails() {
    kodo.incident(500, 101, 100, "story", "No such folder");
    kodo.look();
    RepairWorker.Asked asked = kodo.ask("R-1");

    assertThat(kodo.answer("R-1", asked.decisionId(), true, "kodo")).isEqualTo("retry");
    kodo.retry("R-1");

    assertThat(kodo.store.attempts("R-1"))
        .containsExactly("2026-03-01 09:00:00 UTC: tried again, as a person wished");
    assertThat(kodo.ask("R-1").asked()).isTrue();
  }

  @Test
  void cancelsTheOutermostInstanceAfterANoAndStartsAnewWhatTheAgentLivesBy() {
    kodo.instance(200, "pacemaker", null, "main");
    kodo.instance(201, "heartbeat", 200L, "main");
    kodo.instance(202, "activity", 201L, "main");
    kodo.incident(500, 203, 202, "activity", "No such folder");
    kodo.look();
    RepairWorker.Asked asked = kodo.ask("R-1");
    assertThat(asked.repairDetail())
        .contains("the process instance 200 (pacemaker) is cancelled. The agent starts it anew.");

    assertThat(kodo.answer("R-1", asked.decisionId(), false, "kodo")).isEqualTo("cancel");
    kodo.cancel("R-1");

    assertThat(kodo.engine.repairs()).containsExactly("cancel 200");
    assertThat(kodo.engine.published()).containsExactly("start-agent main");
    assertThat(kodo.look().findings()).isEmpty();
  }

  @Test
  void startsNothingAnewForAnAgentThatWasStopped() {
    kodo.instance(200, "pacemaker", null, "main");
    kodo.incident(500, 203, 200, "pacemaker", "No such folder");
    kodo.look();
    kodo.database.jdbc().sql("update agent set state = 'stopped'").update();

    kodo.cancel("R-1");

    assertThat(kodo.engine.repairs()).containsExactly("cancel 200");
    assertThat(kodo.engine.published()).isEmpty();
    assertThat(kodo.look().agentLives()).isFalse();
  }

  @Test
  void takesItsQuestionBackWhenTheStepGoesOn() {
    kodo.incident(500, 101, 100, "story", "No such folder");
    kodo.look();
    RepairWorker.Asked asked = kodo.ask("R-1");
    kodo.resolve(500);

    kodo.look();
    kodo.look();

    assertThat(kodo.engine.published()).containsExactly("step-free R-1");
    assertThat(kodo.answer("R-1", asked.decisionId(), false, "free")).isEqualTo("leave");
    assertThat(kodo.database.jdbc().sql("select state from decision").query(String.class).single())
        .isEqualTo("stale");
  }

  @Test
  void neverRepairsItself() {
    kodo.instance(300, "self-repair", null, "main");
    kodo.instance(301, "repair-attempt", 300L, "main");
    kodo.incident(500, 302, 301, "repair-attempt", "broken");

    assertThat(kodo.look().findings()).isEmpty();
    assertThat(kodo.repairs.report().stuck())
        .singleElement()
        .satisfies(stuck -> assertThat(stuck.doing()).contains("never repairs itself"));
  }

  @Test
  void leavesTheStepsOfOtherAgentsAlone() {
    kodo.instance(400, "story", null, "other");
    kodo.instance(401, "story", null, null);
    kodo.incident(500, 402, 400, "story", "of another agent");
    kodo.incident(510, 403, 401, "story", "of no agent");

    assertThat(kodo.look().findings()).isEmpty();
    assertThat(kodo.repairs.report().stuck())
        .extracting(Repairs.Stuck::doing)
        .containsExactly("looks at it soon", "nothing: the process instance names no agent");
  }

  @Test
  void findsAJobThatNobodyTakes() {
    kodo.job(700, 101, 100, "created", 3);
    kodo.job(701, 102, 100, "activated", 3);
    kodo.job(702, 103, 100, "failed", 0);
    kodo.clock.advance(Duration.ofMinutes(10));
    assertThat(kodo.look().findings()).isEmpty();

    kodo.clock.advance(Duration.ofSeconds(1));

    assertThat(kodo.look().findings())
        .containsExactly(
            new SelfRepairWorker.Finding("R-1", "JOB_UNCLAIMED", "tell", "other", 0, null, 601));
    kodo.retry("R-1");
    assertThat(kodo.engine.repairs()).as("there is nothing to resolve").isEmpty();
  }

  @Test
  void tellsTheMessagesOfItsOwnWorkersApart() {
    assertThat(Trouble.of("Expected a variable 'x' but there is none.")).isEqualTo(Trouble.INPUT);
    assertThat(Trouble.of("... error code 'WORKSPACE_UNWRITABLE' ..."))
        .isEqualTo(Trouble.WORKSPACE);
    assertThat(Trouble.of("delete everything")).isEqualTo(Trouble.OTHER);
  }

  @Test
  void makesTheWorkspaceAgain() {
    kodo.restoreWorkspace();

    assertThat(folder.resolve("main/AGENTS.md")).exists();
  }

  @Test
  void saysThatItSeesNothingAndForgetsNothing() {
    kodo.incident(500, 101, 100, "story", "No such folder");
    RepairFixture blind = new RepairFixture(folder, false);

    assertThat(blind.look().findings()).isEmpty();
    assertThat(blind.repairs.report().blind()).contains("kodo doctor");
  }
}
