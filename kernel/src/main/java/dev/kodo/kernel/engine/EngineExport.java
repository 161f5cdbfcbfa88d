package dev.kodo.kernel.engine;

import dev.kodo.kernel.postgres.DatabaseAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * How the local engine writes down what its processes do.
 *
 * @param jar the exporter's program
 * @param access the login of the exporter's role
 * @param engineId names the engine's data
 * @param retention time that finished process instances stay in the tables
 */
public record EngineExport(Path jar, DatabaseAccess access, String engineId, Duration retention) {
  private static final String PREFIX = "ZEEBE_BROKER_EXPORTERS_KODO_";

  /** In the environment, which only the engine's own user can read, and never in its arguments. */
  Map<String, String> environment() {
    Map<String, String> variables = new TreeMap<>();
    variables.put(PREFIX + "CLASSNAME", "dev.kodo.exporter.KodoExporter");
    variables.put(PREFIX + "JARPATH", jar.toString());
    variables.put(PREFIX + "ARGS_URL", access.url());
    variables.put(PREFIX + "ARGS_USER", access.user());
    variables.put(PREFIX + "ARGS_PASSWORD", access.password());
    variables.put(PREFIX + "ARGS_ENGINEID", engineId);
    variables.put(PREFIX + "ARGS_IGNORED", EngineCanary.PROCESS);
    variables.put(PREFIX + "ARGS_RETENTION", retention.toString());
    return variables;
  }

  /** Changes when the program was built anew, so that the engine is started with it. */
  String build() throws IOException {
    return Files.size(jar) + " " + Files.getLastModifiedTime(jar);
  }
}
