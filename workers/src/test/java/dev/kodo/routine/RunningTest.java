package dev.kodo.routine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kodo.audit.AuditTrail;
import dev.kodo.model.RehearsingModels;
import dev.kodo.model.Scripted;
import dev.kodo.testing.SettableClock;
import dev.kodo.testing.TestDatabase;
import dev.kodo.theme.Themes;
import dev.kodo.worker.JobRuns;
import dev.kodo.workspace.Workspaces;
import java.math.BigDecimal;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningTest {
  private static final String RUN = "20260131093000";

  @TempDir Path folder;
  private final TestDatabase database = TestDatabase.fresh();
  private final SettableClock clock = new SettableClock("2026-01-31T09:30:00Z");

  /** Each word of a prompt is paid for. */
  @Test
  void sendsTheInstructionOnce() {
    Workspaces workspaces = new Workspaces(folder, clock, AuditTrail.NONE);
    workspaces.of("main").prepare();
    RoutineStore store = new RoutineStore(database.jdbc(), clock);
    Routine routine =
        RoutineFile.parse("news:\n  when: {message: go}\n  do: Tell of the tides.\n")
            .routines()
            .getFirst();
    store.record(
        Run.begins(
            "main", RUN, routine, "message go", BigDecimal.ONE, new Run.Begin(1, clock.instant())));
    Scripted model = new Scripted().answers(new RoutineAnswer("Tides", "Told.", "High at noon."));
    Running running =
        new Running(
            store,
            model,
            RehearsingModels.on(database, clock),
            new Themes(database.jdbc(), workspaces, clock),
            workspaces,
            clock);

    running.carryOut(
        new Running.OfRun("main", RUN),
        new JobRuns(database, clock, new ObjectMapper()).first("routine-carry-out"));

    assertThat(model.sent()).containsOnlyOnce("Tell of the tides.").contains("message go");
    assertThat(model.section("Routine")).isEqualTo("Tell of the tides.");
  }
}
