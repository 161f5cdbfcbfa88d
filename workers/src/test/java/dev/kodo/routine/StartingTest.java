package dev.kodo.routine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kodo.agent.Agents;
import dev.kodo.audit.AuditTrail;
import dev.kodo.testing.SettableClock;
import dev.kodo.testing.TestDatabase;
import dev.kodo.testing.TestProperties;
import dev.kodo.worker.JobRuns;
import dev.kodo.workspace.Workspaces;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How runs begin, on a real database. */
class StartingTest {
  @TempDir Path folder;
  private final TestDatabase database = TestDatabase.fresh();
  private final SettableClock clock = new SettableClock("2026-01-31T09:30:00Z");
  private final RoutineStore store = new RoutineStore(database.jdbc(), clock);
  private final Agents agents = new Agents(database.jdbc(), clock);
  private final JobRuns jobs = new JobRuns(database, clock, new ObjectMapper());
  private Starting starting;

  @BeforeEach
  void define() {
    Workspaces workspaces = new Workspaces(folder, clock, AuditTrail.NONE);
    workspaces.of("main").prepare();
    workspaces
        .of("main")
        .write(
            RoutineFile.PATH,
            """
            news:
              when: {message: go}
              do: Say it.
              limits: {spend: 0.20, spend-per-day: 0.50}
            other:
              when: {message: go}
              process: my-report
            """);
    starting =
        new Starting(
            agents, new Definitions(workspaces), store, TestProperties.in(folder, Map.of()), clock);
  }

  @Test
  void beginsARunWithItsLimits() {
    List<Starting.DueRun> runs = start("news", "other");

    assertThat(runs)
        .containsExactly(
            new Starting.DueRun("20260131093000", "news", "PT10M", false, null),
            new Starting.DueRun("20260131093001", "other", "PT10M", true, "my-report"));
    Run news = store.find("main", "20260131093000").orElseThrow();
    assertThat(news.account()).isEqualTo("routine/news/20260131093000");
    assertThat(news.capUsd()).isEqualByComparingTo("0.20");
    assertThat(news.instruction()).isEqualTo("Say it.");
  }

  @Test
  void beginsNoSecondRunOfARoutineThatRuns() {
    start("news");

    assertThat(start("news")).isEmpty();
    assertThat(store.latest("main", "news", 9)).hasSize(1);
  }

  @Test
  void beginsNothingThatIsNotDueOrNotThere() {
    assertThat(startWith(null, "news")).isEmpty();
    assertThat(start("gone")).isEmpty();
  }

  @Test
  void lowersTheLimitOfARunToWhatTheDayLeaves() {
    end(start("news"), "0.20");
    end(start("news"), "0.19");

    Run third = store.find("main", start("news").getFirst().runId()).orElseThrow();
    assertThat(third.capUsd()).isEqualByComparingTo("0.11");
    end(List.of(due(third)), null);

    assertThat(start("news")).as("a run of unknown price counts in full").isEmpty();
    assertThat(store.latest("main", "news", 1).getFirst())
        .satisfies(
            run -> {
              assertThat(run.outcome()).isEqualTo("limit-reached");
              assertThat(run.errorMessage()).contains("0.50");
            });

    clock.advance(Duration.ofDays(1));
    assertThat(start("news")).hasSize(1);
  }

  @Test
  void beginsNothingForAnAgentThatWasStoppedSinceTheLook() {
    database.jdbc().sql("update agent set state = 'stopped' where agent_id = 'main'").update();

    assertThat(start("news")).isEmpty();
    assertThat(store.latest("main", "news", 9)).isEmpty();
  }

  @Test
  void keepsTheLatestRunsOnly() {
    for (int i = 0; i < 7; i++) {
      end(start("other"), "0");
    }
    start("other");

    assertThat(store.prune("main", 3, 9)).as("what the limit of the day counts").isZero();
    clock.advance(Duration.ofDays(3));
    assertThat(store.prune("main", 3, 2)).isEqualTo(2);
    assertThat(store.prune("main", 3, 10)).isEqualTo(3);
    assertThat(store.latest("main", "other", 9))
        .extracting(Run::outcome)
        .containsExactly("running", "done", "done");
  }

  private List<Starting.DueRun> start(String... names) {
    return startWith("message go", names);
  }

  private List<Starting.DueRun> startWith(@Nullable String pending, String... names) {
    for (String name : names) {
      store.keep(
          "main", new RoutineStore.Kept(name, "message go", null, null, pending, null, null));
    }
    return starting
        .start(new Starting.Start("main", List.of(names)), jobs.first("routine-start"))
        .dueRuns();
  }

  private static Starting.DueRun due(Run run) {
    return new Starting.DueRun(run.runId(), run.routine(), "PT10M", false, null);
  }

  private void end(List<Starting.DueRun> runs, @Nullable String spent) {
    for (Starting.DueRun each : runs) {
      Run run = store.find("main", each.runId()).orElseThrow();
      BigDecimal usd = spent == null ? null : new BigDecimal(spent);
      store.end(run.ended(clock.instant(), "done", null, null, new Run.Use(usd, 1)));
    }
  }
}
