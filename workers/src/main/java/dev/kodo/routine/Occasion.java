package dev.kodo.routine;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What may happen to an agent and start a routine. */
public enum Occasion {
  THEME_ENDED,
  HEARTBEAT_FAILED,
  TIER_CHANGED;

  /** The form used in the file: {@code theme-ended}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<Occasion> find(String id) {
    return Arrays.stream(values()).filter(known -> known.id().equals(id)).findFirst();
  }

  static List<String> ids() {
    return Arrays.stream(values()).map(Occasion::id).toList();
  }
}
