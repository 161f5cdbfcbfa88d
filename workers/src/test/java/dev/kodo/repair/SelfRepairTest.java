package dev.kodo.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kodo.process.EngineUnavailable;
import dev.kodo.worker.JobFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
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
    kodo.live(Duration.ofMinutes(1));
    kodo.job(700, 101, 100, "created", 3);
    kodo.job(701, 102, 100, "activated", 3);
    kodo.job(702, 103, 100, "failed", 0);
    kodo.live(Duration.ofMinutes(10));
    assertThat(kodo.look().findings()).isEmpty();

    kodo.live(Duration.ofSeconds(1));

    assertThat(kodo.look().findings())
        .containsExactly(
            new SelfRepairWorker.Finding("R-1", "JOB_UNCLAIMED", "tell", "other", 0, null, 601));
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
    kodo.look();
    kodo.ask("R-1");
    RepairFixture blind = kodo.blinded();

    assertThat(blind.look().findings()).isEmpty();
    assertThat(blind.repairs.report().blind()).contains("kodo doctor");

    assertThat(kodo.store.open("main"))
        .singleElement()
        .satisfies(repair -> assertThat(repair.state()).isEqualTo(RepairState.ASKED));
    assertThat(kodo.engine.published()).as("no question is taken back").isEmpty();
  }

  @Test
  void callsNoJobUnclaimedForTheTimeInWhichNoBodyCouldTakeIt() {
    kodo.live(Duration.ofMinutes(30));
    kodo.job(700, 101, 100, "created", 3);
    kodo.clock.advance(Duration.ofMinutes(40));

    RepairFixture back = kodo.restarted();
    assertThat(back.look().findings()).as("at once after a panic").isEmpty();
    back.live(Duration.ofMinutes(10));
    assertThat(back.look().findings()).as("the body is up for ten minutes").isEmpty();
    back.live(Duration.ofMinutes(2));

    assertThat(back.look().findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.age()).isEqualTo(11 * 60));
  }

  @Test
  void callsNoJobUnclaimedForTheTimeInWhichTheEngineWasAway() {
    kodo.live(Duration.ofMinutes(30));
    kodo.job(700, 101, 100, "created", 3);
    kodo.clock.advance(Duration.ofMinutes(40));

    assertThat(kodo.repairs.report().stuck()).as("while the engine is away").isEmpty();
    assertThat(kodo.look().findings()).as("in the first job after that").isEmpty();
    kodo.live(Duration.ofMinutes(5));
    assertThat(kodo.look().findings()).isEmpty();
    assertThat(kodo.repairs.report().stuck()).isEmpty();
  }

  @Test
  void countsAnewAfterAnOutageAndTakesNoQuestionBackForIt() {
    kodo.job(700, 101, 100, "created", 3);
    kodo.job(710, 111, 100, "created", 3);
    kodo.live(Duration.ofMinutes(31));
    assertThat(kodo.look().findings()).hasSize(2);
    kodo.ask("R-1");
    kodo.clock.advance(Duration.ofMinutes(40));
    RepairFixture back = kodo.restarted();
    back.live(Duration.ofMinutes(2));

    assertThat(back.look().findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.age()).as("of R-2").isEqualTo(60));

    assertThat(back.engine.published()).as("nobody has taken the job").isEmpty();
    back.take(700);
    back.look();
    assertThat(back.engine.published()).containsExactly("step-free R-1");
  }

  @Test
  void cancelsNothingThatIsFreeByNow() {
    kodo.incident(500, 101, 100, "story", "No such folder");
    kodo.look();
    RepairWorker.Asked asked = kodo.ask("R-1");
    assertThat(kodo.answer("R-1", asked.decisionId(), false, "kodo")).isEqualTo("cancel");
    kodo.resolve(500);

    kodo.cancel("R-1");

    assertThat(kodo.engine.repairs()).isEmpty();
    assertThat(kodo.entries).isEmpty();
    assertThat(kodo.store.open("main")).isEmpty();
  }

  @Test
  void cancelsNothingThatTheEngineHasLeftBeforeItsRecordsSaySo() {
    kodo.incident(500, 101, 100, "story", "No such folder");
    kodo.look();
    kodo.ask("R-1");
    kodo.engine.end(101);

    kodo.cancel("R-1");

    assertThat(kodo.engine.repairs()).isEmpty();
    assertThat(kodo.store.open("main")).isEmpty();
  }

  @Test
  void cancelsNothingWhileNobodySees() {
    kodo.incident(500, 101, 100, "story", "No such folder");
    kodo.look();
    kodo.ask("R-1");

    assertThatThrownBy(() -> kodo.blinded().cancel("R-1"))
        .isInstanceOf(JobFailure.class)
        .extracting(failure -> ((JobFailure) failure).meaning())
        .isInstanceOf(JobFailure.Meaning.Postpone.class);

    assertThat(kodo.engine.repairs()).isEmpty();
    kodo.cancel("R-1");
    assertThat(kodo.engine.repairs()).containsExactly("cancel 100");
  }

  @Test
  void bringsACancellationToItsEndThatAnEarlierDeliveryBegan() {
    kodo.instance(200, "pacemaker", null, "main");
    kodo.incident(500, 203, 200, "pacemaker", "No such folder");
    kodo.look();
    kodo.store.giveUp("R-1");
    kodo.engine.end(203);

    kodo.cancel("R-1");

    assertThat(kodo.engine.published()).containsExactly("start-agent main");
    assertThat(kodo.entries)
        .singleElement()
        .satisfies(entry -> assertThat(entry.outcome()).isEqualTo("cancelled"));
  }

  @Test
  void looksAgainAtWhatWasGivenUpAndNeverCancelled() {
    kodo.incident(500, 101, 100, "story", "No such folder");
    kodo.look();
    RepairWorker.Asked asked = kodo.ask("R-1");
    assertThat(kodo.answer("R-1", asked.decisionId(), false, "kodo")).isEqualTo("cancel");
    kodo.engine.refuseToCancel();
    assertThatThrownBy(() -> kodo.cancel("R-1")).isInstanceOf(EngineUnavailable.class);
    assertThat(kodo.look().findings()).as("while the cancelling goes on").isEmpty();

    kodo.endQuestion();

    assertThat(kodo.look().findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.repairId()).isEqualTo("R-1"));
    assertThat(kodo.ask("R-1").asked()).isTrue();
  }

  @Test
  void takesWhatWasCancelledForDoneHoweverLateTheRecordsAre() {
    kodo.incident(500, 101, 100, "story", "No such folder");
    kodo.look();
    RepairWorker.Asked asked = kodo.ask("R-1");
    kodo.answer("R-1", asked.decisionId(), false, "kodo");
    kodo.cancel("R-1");
    kodo.engine.end(101);
    kodo.endQuestion();

    assertThat(kodo.look().findings()).isEmpty();
    assertThat(kodo.repairs.report().stuck())
        .singleElement()
        .satisfies(stuck -> assertThat(stuck.doing()).contains("cancel"));
  }

  @Test
  void findsTheQuestionsAgainThatWereAskedBeforeTheirKeysWereKept() throws Exception {
    kodo.incident(500, 101, 100, "story", "No such folder");
    kodo.look();
    kodo.ask("R-1");
    kodo.database.jdbc().sql("update repair set question_key = null").update();

    kodo.database
        .jdbc()
        .sql(
            Files.readString(
                Path.of("src/main/resources/db/migration/V9__find_earlier_questions.sql")))
        .update();

    assertThat(kodo.look().findings()).as("nobody is asked twice").isEmpty();
    kodo.endQuestion();
    assertThat(kodo.look().findings()).hasSize(1);
  }

  @Test
  void asksAgainWhenItsQuestionIsGone() {
    kodo.incident(500, 101, 100, "story", "No such folder");
    kodo.look();
    String first = kodo.ask("R-1").decisionId();
    assertThat(kodo.look().findings()).isEmpty();
    kodo.endQuestion();

    assertThat(kodo.look().findings()).hasSize(1);

    RepairWorker.Asked second = kodo.ask("R-1");
    assertThat(second.asked()).isTrue();
    assertThat(second.decisionId()).isNotEqualTo(first);
    assertThat(
            kodo.database
                .jdbc()
                .sql("select decision_id from decision where state = 'open'")
                .query(String.class)
                .list())
        .containsExactly(second.decisionId());
    assertThat(kodo.engine.published()).isEmpty();
  }

  @Test
  void seesNothingInRecordsThatStandStillWhileTheEngineWorks() {
    kodo.incident(500, 101, 100, "story", "No such folder");
    kodo.live(Duration.ofMinutes(5));
    kodo.look();
    assertThat(kodo.repairs.report().blind()).isNull();
    kodo.resolve(500);

    kodo.liveUnseen(Duration.ofMinutes(12));

    assertThat(kodo.repairs.report().blind())
        .contains("up to 2026-03-01T09:05:00Z, 12 minutes", "kodo logs engine");
    assertThat(kodo.look().findings()).isEmpty();
    assertThat(kodo.store.open("main")).as("nothing is forgotten").hasSize(1);

    kodo.export();
    assertThat(kodo.repairs.report().blind()).isNull();
  }

  @Test
  void seesNothingAfterAStartUntilTheRecordsHaveCaughtUp() {
    kodo.incident(500, 101, 100, "story", "No such folder");
    kodo.look();
    kodo.clock.advance(Duration.ofMinutes(30));
    RepairFixture back = kodo.restarted();

    assertThat(back.repairs.report().blind()).contains("no job", "a minute");
    assertThat(back.look().findings()).isEmpty();
    back.liveUnseen(Duration.ofMinutes(1));
    assertThat(back.repairs.report().blind()).contains("up to 2026-03-01T09:00:00Z");
    back.exportUpTo(kodo.clock.instant().minusSeconds(90));
    assertThat(back.repairs.report().blind()).as("while it catches up").isNotNull();
    assertThat(back.look().findings()).isEmpty();
    back.export();

    assertThat(back.repairs.report().blind()).isNull();
    assertThat(back.look().findings()).hasSize(1);
  }

  @Test
  void trustsTheRecordsOfAnEngineThatRests() {
    kodo.live(Duration.ofMinutes(5));
    kodo.clock.advance(Duration.ofHours(9));

    assertThat(kodo.repairs.report().blind()).isNull();
  }

  @Test
  void seesNothingWhenTheEngineHasNeverWrittenARecord() {
    kodo.database.jdbc().sql("delete from engine.export_position").update();

    assertThat(kodo.repairs.report().blind()).contains("never", "kodo logs engine");
  }

  @Test
  void countsNoAttemptWhereTheEngineKnowsTheIncidentNoMore() {
    kodo.incident(500, 101, 100, "story", "No such folder");
    kodo.look();
    kodo.engine.resolveElsewhere(500);

    kodo.retry("R-1");

    assertThat(kodo.store.find("R-1"))
        .hasValueSatisfying(
            repair -> {
              assertThat(repair.state()).isEqualTo(RepairState.GONE);
              assertThat(repair.attempts()).isZero();
            });
    assertThat(kodo.entries).isEmpty();
  }

  @Test
  void looksAtItsOwnStepsHoweverManyOthersThereAre() {
    kodo.instance(400, "story", null, "other");
    kodo.incident(490, 101, 100, "story", "of this agent");
    kodo.look();
    kodo.clock.set(kodo.clock.instant().minusSeconds(60));
    for (int i = 0; i < 200; i++) {
      kodo.incident(5000 + i, 6000 + i, 400, "story", "of another agent");
    }
    kodo.clock.set(kodo.clock.instant().plusSeconds(60));

    assertThat(kodo.look().findings()).hasSize(1);
    assertThat(kodo.repairs.report().stuck()).as("the oldest of all").hasSize(200);
  }

  @Test
  void forgetsNothingThatIsBeyondTheLimitOfALook() {
    kodo.incident(490, 101, 100, "story", "the youngest");
    kodo.look();
    kodo.ask("R-1");
    kodo.clock.set(kodo.clock.instant().minusSeconds(60));
    for (int i = 0; i < 200; i++) {
      kodo.incident(5000 + i, 6000 + i, 100, "story", "older");
    }
    kodo.clock.set(kodo.clock.instant().plusSeconds(60));

    kodo.look();

    assertThat(kodo.store.find("R-1"))
        .hasValueSatisfying(repair -> assertThat(repair.state()).isEqualTo(RepairState.ASKED));
    assertThat(kodo.engine.published()).isEmpty();
  }

  @Test
  void handsAStepToTheAgentThatItBelongsToNow() {
    kodo.instance(400, "story", null, "elder");
    kodo.database.jdbc().sql("insert into agent values ('elder', 'running', 0, now())").update();
    kodo.incident(500, 402, 400, "story", "No such folder");
    kodo.look("elder");
    kodo.database.jdbc().sql("update engine.process_instance set agent_id = 'main'").update();

    assertThat(kodo.look().findings()).hasSize(1);

    assertThat(kodo.look("elder").findings()).isEmpty();
    kodo.retry("R-1");
    assertThat(kodo.store.open("main"))
        .singleElement()
        .satisfies(repair -> assertThat(repair.attempts()).isEqualTo(1));
  }

  @Test
  void letsGoOfAStepThatBelongsToAnotherAgentNow() {
    kodo.incident(500, 101, 100, "story", "No such folder");
    kodo.look();
    kodo.ask("R-1");
    kodo.database.jdbc().sql("update engine.process_instance set agent_id = 'elder'").update();

    assertThat(kodo.look().findings()).isEmpty();

    assertThat(kodo.store.open("main")).isEmpty();
    assertThat(kodo.engine.published()).containsExactly("step-free R-1");
  }

  @Test
  void doesNothingMoreForTheAgentThatAStepBelongedTo() {
    kodo.incident(500, 101, 100, "story", "No such folder");
    kodo.look();
    String decision = kodo.ask("R-1").decisionId();
    kodo.database.jdbc().sql("insert into agent values ('elder', 'running', 0, now())").update();
    kodo.database.jdbc().sql("update engine.process_instance set agent_id = 'elder'").update();
    assertThat(kodo.look("elder").findings()).hasSize(1);

    kodo.retry("R-1");
    kodo.cancel("R-1");
    assertThat(kodo.ask("R-1").asked()).isFalse();

    assertThat(kodo.engine.repairs()).isEmpty();
    kodo.answer("R-1", decision, false, "overdue");
    assertThat(kodo.look("elder").findings()).as("of the new agent").hasSize(1);
  }

  @Test
  void removesWithItsAttemptsWhatIsLongFree() {
    kodo.incident(500, 101, 100, "story", "No such folder");
    kodo.incident(510, 111, 100, "story", "still stuck");
    kodo.look();
    kodo.retry("R-1");
    kodo.resolve(500);
    kodo.look();

    kodo.clock.advance(Duration.ofDays(90));
    assertThat(kodo.prune("main", 10)).as("not old enough").isZero();
    kodo.clock.advance(Duration.ofSeconds(1));
    assertThat(kodo.prune("other", 10)).isZero();
    assertThat(kodo.prune("main", 10)).isEqualTo(1);

    assertThat(kodo.store.find("R-1")).isEmpty();
    assertThat(kodo.store.attempts("R-1")).isEmpty();
    assertThat(kodo.store.find("R-2")).isPresent();
  }

  @Test
  void removesWhatAFormerEngineLeft() {
    kodo.incident(500, 101, 100, "story", "No such folder");
    kodo.incident(510, 111, 100, "story", "No such folder");
    kodo.look();
    kodo.database
        .jdbc()
        .sql("update repair set engine_id = 'former' where repair_id = 'R-1'")
        .update();
    kodo.clock.advance(Duration.ofDays(91));

    assertThat(kodo.prune("main", 10)).isEqualTo(1);
    assertThat(kodo.store.find("R-2")).isPresent();
  }

  @Test
  void promisesNoNewStartWhileTheAgentWaitsForAReview() {
    kodo.instance(200, "pacemaker", null, "main");
    kodo.incident(500, 203, 200, "pacemaker", "No such folder");
    kodo.look();
    kodo.database.jdbc().sql("update agent set state = 'stopped-for-review'").update();

    assertThat(kodo.ask("R-1").repairDetail())
        .contains("200 (pacemaker) is cancelled. The agent is stopped for review")
        .doesNotContain("starts it anew");
  }

  @Test
  void countsWaitingForAWorkerAndTryingAgainApart() {
    kodo.incident(500, 101, 100, "story", "No such folder");
    kodo.look();
    kodo.retry("R-1");
    kodo.resolve(500);
    kodo.job(501, 101, 100, "failed", 1);
    kodo.database
        .jdbc()
        .sql("update engine.job set error_message = 'Expected a variable '")
        .update();
    kodo.live(Duration.ofMinutes(12));

    assertThat(kodo.look().findings())
        .containsExactly(
            new SelfRepairWorker.Finding("R-1", "JOB_UNCLAIMED", "tell", "other", 0, null, 720));

    kodo.retry("R-1");
    assertThat(kodo.store.attempts("R-1"))
        .containsExactly(
            "2026-03-01 09:00:00 UTC: tried again", "2026-03-01 09:12:00 UTC: waited on");
  }

  @Test
  void saysWhatAYesMeansForAJobThatNobodyTakes() {
    kodo.job(700, 101, 100, "created", 3);
    kodo.live(Duration.ofMinutes(31));
    kodo.look();

    RepairWorker.Asked asked = kodo.ask("R-1");

    assertThat(asked.repairQuestion())
        .isEqualTo("No worker takes Task_Tell of story (job tell). Wait on for one?");
    assertThat(asked.repairDetail())
        .contains("Yes: it waits on for a worker", "asked again after a day")
        .doesNotContain("tried again");
    assertThat(kodo.answer("R-1", asked.decisionId(), true, "kodo")).isEqualTo("retry");
    kodo.retry("R-1");
    assertThat(kodo.engine.repairs()).isEmpty();
    assertThat(kodo.entries)
        .singleElement()
        .satisfies(entry -> assertThat(entry.outcome()).isEqualTo("waits-on"));
    assertThat(kodo.repairs.report().stuck())
        .singleElement()
        .satisfies(
            stuck -> assertThat(stuck.doing()).isEqualTo("waits on for a worker, as you wished"));
  }
}
