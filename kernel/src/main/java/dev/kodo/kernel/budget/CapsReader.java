package dev.kodo.kernel.budget;

import dev.kodo.kernel.config.Config;
import dev.kodo.kernel.config.ConfigKey;
import dev.kodo.kernel.config.ConfigReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes the caps from {@code budget.yml}, then {@code kodo.yml}, then what follows from the cap per
 * day: a call a fifth of it, a heartbeat two fifths, an hour a half, an agent all of it, and a call
 * of unknown price a fiftieth.
 */
public final class CapsReader {
  static final String UNKNOWN_PRICE = "unknown-price";
  static final String AGENTS = "agents.";

  /** As if the key were not there; says that it is left out on purpose. */
  static final String DEFAULT = "default";

  private final Path file;
  private final Config config;

  public CapsReader(Path file, Config config) {
    this.file = file;
    this.config = config;
  }

  /** Reads the text of {@code budget.yml}; a problem names the line and the key. */
  public Caps parse(String text) {
    Map<String, Usd> written = new HashMap<>();
    Map<String, Usd> agents = new HashMap<>();
    ConfigReader.read(file, text)
        .forEach(
            (key, entry) -> {
              requireKnown(key, entry);
              if (entry.text().equals(DEFAULT)) {
                return;
              }
              Usd amount = amount(key, entry);
              if (key.startsWith(AGENTS)) {
                agents.put(key.substring(AGENTS.length()), amount);
              } else {
                written.put(key, amount);
              }
            });
    Usd day = value(written, Cap.PER_DAY.key(), ConfigKey.BUDGET_PER_DAY, Usd.ZERO);
    return new Caps(
        value(written, Cap.PER_CALL.key(), ConfigKey.BUDGET_PER_CALL, day.share(1, 5)),
        value(written, Cap.PER_HEARTBEAT.key(), ConfigKey.BUDGET_PER_HEARTBEAT, day.share(2, 5)),
        value(written, Cap.PER_HOUR.key(), ConfigKey.BUDGET_PER_HOUR, day.share(1, 2)),
        day,
        value(written, Cap.PER_AGENT.key(), ConfigKey.BUDGET_PER_AGENT, day),
        value(written, UNKNOWN_PRICE, ConfigKey.BUDGET_UNKNOWN_PRICE, day.share(1, 50)),
        agents,
        Raise.NONE);
  }

  /** The keys that are written in the text. */
  Set<String> keys(String text) {
    return Set.copyOf(ConfigReader.read(file, text).keySet());
  }

  private Usd value(Map<String, Usd> written, String key, ConfigKey setting, Usd derived) {
    Usd own = written.get(key);
    if (own != null) {
      return own;
    }
    return config.isSet(setting) ? Usd.parse(config.text(setting)) : derived;
  }

  private Usd amount(String key, ConfigReader.Entry entry) {
    try {
      return Usd.parse(entry.text());
    } catch (IllegalArgumentException e) {
      throw entry.bad(file, key, "to be an amount in US dollars such as 5 or 0.25, or `default`");
    }
  }

  private void requireKnown(String key, ConfigReader.Entry entry) {
    List<String> known = new ArrayList<>(Cap.keys());
    known.add(UNKNOWN_PRICE);
    boolean agent = key.startsWith(AGENTS) && config.agents().contains(key.substring(7));
    if (known.contains(key) || agent) {
      return;
    }
    config.agents().forEach(name -> known.add(AGENTS + name));
    throw entry.unknown(file, key, key, known);
  }
}
