package dev.kodo.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kodo.testing.TestDatabase;
import dev.kodo.testing.TestProperties;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The model port answered by the rehearsal, for tests of other features. */
public final class RehearsingModels {
  private RehearsingModels() {}

  public static Models on(TestDatabase database, Clock clock) {
    return on(database, clock, null);
  }

  /**
   * @param script prepared answers, used up before the rules
   */
  public static Models on(TestDatabase database, Clock clock, @Nullable Path script) {
    Provider rehearsal =
        new Provider(
            new RehearsalModel(Script.of(script), new ObjectMapper()),
            new Breaker("rehearsal", clock));
    return new Models(
        new Providers(Map.of(ModelClass.BEST, List.of(rehearsal))),
        new ModelCalls(database.jdbc(), clock),
        dialects(database, clock),
        clock);
  }

  private static Dialects dialects(TestDatabase database, Clock clock) {
    ModelFacts none = new ModelFacts(TestProperties.in(Path.of("unused"), Map.of()), clock);
    return new Dialects(database.jdbc(), none, clock);
  }
}
