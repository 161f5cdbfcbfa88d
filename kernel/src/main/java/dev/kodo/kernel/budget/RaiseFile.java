package dev.kodo.kernel.budget;

import dev.kodo.kernel.config.ConfigReader;
import dev.kodo.kernel.home.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** The file {@code budget-today.yml}, which {@code kodo approve} writes. */
public record RaiseFile(Path file) {
  private static final String DAY = "day";
  private static final String DECISION = "decision";

  /** Reads the text of the file; an empty one raises nothing. */
  public Raise parse(String text) {
    Map<String, ConfigReader.Entry> entries = ConfigReader.read(file, text);
    if (entries.isEmpty()) {
      return Raise.NONE;
    }
    LocalDate day = LocalDate.MIN;
    Usd perDay = Usd.ZERO;
    String decision = "";
    Map<String, Usd> agents = new HashMap<>();
    for (Map.Entry<String, ConfigReader.Entry> each : entries.entrySet()) {
      String key = each.getKey();
      ConfigReader.Entry entry = each.getValue();
      if (key.equals(DAY)) {
        day = day(entry);
      } else if (key.equals(DECISION)) {
        decision = entry.text();
      } else if (key.equals(Cap.PER_DAY.key())) {
        perDay = amount(key, entry);
      } else if (key.startsWith(CapsReader.AGENTS)) {
        agents.put(key.substring(CapsReader.AGENTS.length()), amount(key, entry));
      } else {
        throw entry.bad(file, key, "to be day, decision, per-day or agents.<name>");
      }
    }
    return new Raise(day, perDay, agents, decision);
  }

  public void write(Raise raise) throws IOException {
    StringBuilder text =
        new StringBuilder(
            "# Written by `kodo approve`: more than budget.yml allows, on this one day.\n");
    text.append(DAY).append(": ").append(raise.day()).append('\n');
    text.append(DECISION).append(": ").append(raise.decision()).append('\n');
    text.append(Cap.PER_DAY.key()).append(": ").append(raise.perDay()).append('\n');
    new TreeMap<>(raise.agents())
        .forEach(
            (name, more) ->
                text.append(CapsReader.AGENTS).append(name).append(": ").append(more).append('\n'));
    AtomicFile.writeSecret(file, text.toString());
  }

  private LocalDate day(ConfigReader.Entry entry) {
    try {
      return LocalDate.parse(entry.text());
    } catch (DateTimeException e) {
      throw entry.bad(file, DAY, "to be a date such as 2026-11-21");
    }
  }

  private Usd amount(String key, ConfigReader.Entry entry) {
    try {
      return Usd.parse(entry.text());
    } catch (IllegalArgumentException e) {
      throw entry.bad(file, key, "to be an amount in US dollars such as 5 or 0.25");
    }
  }
}
