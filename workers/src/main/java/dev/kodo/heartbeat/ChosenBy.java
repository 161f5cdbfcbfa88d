package dev.kodo.heartbeat;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Who chose the activity of a beat. */
public enum ChosenBy {
  MODEL,
  /** The decision table, because the model's choice could not be read. */
  TABLE,
  /** Nobody was asked: only one activity could be done. */
  ONLY_ONE;

  /** The form used in tables and files: {@code only-one}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static @Nullable ChosenBy ofId(@Nullable String id) {
    return id == null ? null : valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
