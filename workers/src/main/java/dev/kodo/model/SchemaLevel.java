package dev.kodo.model;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How much of a schema a server takes. */
enum SchemaLevel {
  FULL,
  /** Without lengths and bounds of numbers; the values of an enum stay. */
  PLAIN,
  /** No schema at all. */
  NONE;

  private static final Set<String> LIMITS = Set.of("maxLength", "minimum", "maximum", "maxItems");

  /** The form used in tables. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Whether a keyword stood in what was sent.
   *
   * @param level id of a level; null when nothing was sent
   */
  static boolean sent(@Nullable String level, String keyword) {
    return FULL.id().equals(level) || (PLAIN.id().equals(level) && !LIMITS.contains(keyword));
  }
}
