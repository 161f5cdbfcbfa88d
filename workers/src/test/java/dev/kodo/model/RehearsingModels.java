package dev.kodo.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kodo.testing.TestDatabase;
import java.time.Clock;

/** The model port answered by the rehearsal, for tests of other features. */
public final class RehearsingModels {
  private RehearsingModels() {}

  public static Models on(TestDatabase database, Clock clock) {
    return new Models(
        new RehearsalModel(Script.of(null), new ObjectMapper()),
        new ModelCalls(database.jdbc(), clock),
        clock);
  }
}
