package dev.kodo.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kodo.channel.Notices;
import dev.kodo.decision.AskedDecisions;
import dev.kodo.process.FakeProcessEngine;
import dev.kodo.testing.SettableClock;
import dev.kodo.testing.TestDatabase;
import dev.kodo.testing.TestProperties;
import dev.kodo.worker.JobRuns;
import dev.kodo.worker.JobStep;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReviewWorkerTest {
  private static final String TROUBLE =
      "- 20261121 (think): MODEL_UNAVAILABLE; log: histories/a.md";

  @TempDir Path workspace;

  /** Tasklist shows the variable and nothing else: who answers there must know what happened. */
  @Test
  void showsInTheFormWhatHappened() {
    TestDatabase database = TestDatabase.fresh();
    SettableClock clock = new SettableClock("2026-11-21T20:00:00Z");
    ReviewWorker worker =
        new ReviewWorker(
            new Agents(database.jdbc(), clock),
            AskedDecisions.in(database, new FakeProcessEngine(), clock),
            new KnownTrouble(),
            new Notices(database.jdbc(), clock),
            TestProperties.in(workspace, Map.of()));
    JobStep<?, ?> step = worker.steps().getFirst();

    ReviewWorker.ReviewAsked asked =
        (ReviewWorker.ReviewAsked)
            run(step, new JobRuns(database, clock, new ObjectMapper()), "main");

    assertThat(asked.reviewQuestion())
        .contains(
            "4 times in a row (CHOICE_UNREADABLE)",
            "The last time: CHOICE_UNREADABLE: It named no activity.",
            TROUBLE);
  }

  private static <I, O> O run(JobStep<I, O> step, JobRuns runs, String agentId) {
    I input = step.input().cast(new ReviewWorker.AskForReview(agentId, 4));
    return step.work().run(input, runs.first(step.type()));
  }

  private static final class KnownTrouble implements LastTrouble {
    @Override
    public String describe(String agentId) {
      return TROUBLE;
    }

    @Override
    public Optional<String> again(String agentId) {
      return Optional.of("CHOICE_UNREADABLE: It named no activity.");
    }

    @Override
    public long lastClosingNumber(String agentId) {
      return 4;
    }
  }
}
