package dev.kodo.kernel.guard.facts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kodo.kernel.home.AtomicFile;
import dev.kodo.kernel.home.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is known of all models, kept over restarts in a file that the body cannot write. What is
 * older than 30 days is found out anew. Thread-safe.
 */
public final class FactsFile {
  private static final Duration LONGEST = Duration.ofDays(30);

  private final Path file;
  private final Clock clock;
  private final Map<String, Facts> models = new ConcurrentHashMap<>();

  /** Reads the file; one that cannot be read means that everything is found out anew. */
  public FactsFile(Path file, Clock clock) {
    this.file = file;
    this.clock = clock;
    try {
      if (Files.exists(file)) {
        for (Map.Entry<String, JsonNode> model :
            Json.parse(Files.readString(file)).path("models").properties()) {
          models.put(model.getKey(), Facts.of(model.getValue()));
        }
      }
    } catch (IOException | RuntimeException broken) {
      models.clear();
      System.err.println(
          "Kodo: " + file + " could not be read; what it said of models is found out anew.");
    }
  }

  /** The facts of a model, never null; {@code name} is {@code <provider>/<model>}. */
  public Facts of(String name) {
    return models.compute(
        name,
        (key, known) ->
            known == null || known.since().plus(LONGEST).isBefore(clock.instant())
                ? new Facts(clock.instant())
                : known);
  }

  /** Takes what a server told; another fingerprint than before means another model. */
  public void tell(String name, Served told) {
    Facts known = of(name);
    String before = known.served().fingerprint();
    if (!before.isEmpty() && !told.fingerprint().isEmpty() && !before.equals(told.fingerprint())) {
      known = forget(name);
    }
    known.tell(told);
  }

  /** Begins anew with a model that is another one now. */
  public Facts forget(String name) {
    Facts fresh = new Facts(clock.instant());
    models.put(name, fresh);
    return fresh;
  }

  /** Writes what is known now. After a power cut it may be what was known before. */
  public void save() throws IOException {
    ObjectNode all = Json.object();
    models.forEach((name, facts) -> all.set(name, facts.json()));
    ObjectNode json = Json.object();
    json.set("models", all);
    AtomicFile.writeVolatile(file, Json.print(json));
  }
}
