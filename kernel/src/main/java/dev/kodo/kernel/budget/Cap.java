package dev.kodo.kernel.budget;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The limits on spending, with their keys in {@code budget.yml}. */
public enum Cap {
  PER_CALL("per-call", "call"),
  PER_HEARTBEAT("per-heartbeat", "heartbeat"),
  PER_HOUR("per-hour", "hour"),
  PER_DAY("per-day", "day"),
  PER_AGENT("per-agent", "day of an agent");

  private final String key;
  private final String unit;

  Cap(String key, String unit) {
    this.key = key;
    this.unit = unit;
  }

  public String key() {
    return key;
  }

  /** What the amount is for, as in "5 per day". */
  public String unit() {
    return unit;
  }

  /** The cap that {@code kodo budget set 5/<unit>} means. */
  public static Optional<Cap> ofUnit(String unit) {
    return Arrays.stream(values())
        .filter(cap -> cap != PER_AGENT && cap.unit.equals(unit))
        .findFirst();
  }

  static List<String> keys() {
    return Arrays.stream(values()).map(Cap::key).toList();
  }
}
