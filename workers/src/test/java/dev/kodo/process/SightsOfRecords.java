package dev.kodo.process;

import java.time.Clock;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The ways to see into an engine, for tests of features. */
public final class SightsOfRecords {
  private SightsOfRecords() {}

  public static StuckSteps exported(JdbcClient jdbc, EngineContact contact, Clock clock) {
    return new ExportedSteps(jdbc, "test-engine", contact, clock);
  }

  public static StuckSteps unseen() {
    return new UnseenSteps();
  }
}
