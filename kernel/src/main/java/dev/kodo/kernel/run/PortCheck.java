package dev.kodo.kernel.run;

import dev.kodo.kernel.config.Config;
import dev.kodo.kernel.config.ConfigKey;
import dev.kodo.kernel.engine.EnginePart;
import dev.kodo.kernel.home.KodoHome;
import dev.kodo.kernel.part.PartRecords;
import dev.kodo.kernel.part.Ports;
import dev.kodo.kernel.postgres.PostgresPart;
import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import dev.kodo.kernel.search.SearchPart;
import dev.kodo.kernel.workers.WorkersPart;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks at all ports before anything is started. */
public final class PortCheck {
  private static final List<ConfigKey> ENGINE =
      List.of(
          ConfigKey.ENGINE_GRPC_PORT,
          ConfigKey.ENGINE_REST_PORT,
          ConfigKey.ENGINE_COMMAND_PORT,
          ConfigKey.ENGINE_INTERNAL_PORT,
          ConfigKey.ENGINE_MANAGEMENT_PORT);

  private static final List<ConfigKey> SEARCH =
      List.of(ConfigKey.OPERATE_SEARCH_PORT, ConfigKey.OPERATE_SEARCH_TRANSPORT_PORT);

  /** No process of its own: it lives and dies with the kernel. */
  private static final String GUARD = "guard";

  private PortCheck() {}

  static void run(Config config, boolean operate, KodoHome home) {
    requireDifferent(config, operate);
    PartRecords records = new PartRecords(home.run());
    keysByPart(config, operate)
        .forEach(
            (part, keys) -> {
              if (records.alive(List.of(part)).isEmpty()) {
                Ports.requireFree(ports(config, keys));
              }
            });
  }

  /**
   * The ports of every part that runs here under this configuration.
   *
   * @param operate whether Operate and Tasklist run too
   */
  public static Map<String, List<ConfigKey>> keysByPart(Config config, boolean operate) {
    Map<String, List<ConfigKey>> keys = new LinkedHashMap<>();
    if (config.embeddedDatabase()) {
      keys.put(PostgresPart.NAME, List.of(ConfigKey.DATABASE_PORT));
    }
    if (config.localEngine()) {
      keys.put(EnginePart.NAME, ENGINE);
      if (operate) {
        keys.put(SearchPart.NAME, SEARCH);
      }
    }
    keys.put(GUARD, List.of(ConfigKey.GUARD_PORT));
    keys.put(WorkersPart.NAME, List.of(ConfigKey.API_PORT));
    return keys;
  }

  private static Map<String, Integer> ports(Config config, List<ConfigKey> keys) {
    Map<String, Integer> ports = new LinkedHashMap<>();
    keys.forEach(key -> ports.put(key.key(), config.number(key)));
    return ports;
  }

  private static void requireDifferent(Config config, boolean operate) {
    Map<Integer, String> seen = new HashMap<>();
    keysByPart(config, operate).values().stream()
        .flatMap(List::stream)
        .forEach(
            key -> {
              String other = seen.put(config.number(key), key.key());
              if (other != null) {
                throw new Problem(
                    ProblemCode.CONFIG_BAD_VALUE,
                    "Expected different ports, but `"
                        + other
                        + "` and `"
                        + key.key()
                        + "` are both "
                        + config.number(key)
                        + ".",
                    "Change one of them in kodo.yml.");
              }
            });
  }
}
