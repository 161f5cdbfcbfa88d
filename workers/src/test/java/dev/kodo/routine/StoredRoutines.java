package dev.kodo.routine;

import dev.kodo.process.ProcessEngine;
import dev.kodo.testing.TestDatabase;
import dev.kodo.workspace.Workspaces;
import java.time.Clock;

/** Routines on a real database and workspace, for tests of other packages. */
public final class StoredRoutines {
  private StoredRoutines() {}

  public static Routines in(
      TestDatabase database, Workspaces workspaces, ProcessEngine engine, Clock clock) {
    return new Routines(
        new Definitions(workspaces), new RoutineStore(database.jdbc(), clock), workspaces, engine);
  }
}
