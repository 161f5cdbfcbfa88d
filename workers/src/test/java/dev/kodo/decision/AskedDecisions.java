package dev.kodo.decision;

import dev.kodo.audit.AuditTrail;
import dev.kodo.process.ProcessEngine;
import dev.kodo.testing.TestDatabase;
import java.time.Clock;

/** Makes the record of decisions, for tests of other features. */
public final class AskedDecisions {
  private AskedDecisions() {}

  public static Decisions in(TestDatabase database, ProcessEngine engine, Clock clock) {
    return new Decisions(database.jdbc(), engine, clock, AuditTrail.NONE);
  }
}
