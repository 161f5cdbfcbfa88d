package dev.kodo.kernel.home;

import java.util.Locale;

/**
 * Text of others (models, themes, logs) made safe for a terminal: without the control characters
 * that move the cursor, rewrite lines or turn the direction of writing around.
 */
public final class Printable {
  private Printable() {}

  /** Leaves out what controls; line feeds and tabs stay. */
  public static String text(String foreign) {
    if (isHarmless(foreign)) {
      return foreign;
    }
    StringBuilder text = new StringBuilder(foreign.length());
    for (int i = 0; i < foreign.length(); i++) {
      if (!controls(foreign.charAt(i))) {
        text.append(foreign.charAt(i));
      }
    }
    return text.toString();
  }

  /** The same JSON, with what controls as {@code \}{@code uXXXX}. */
  public static String json(String printed) {
    if (isHarmless(printed)) {
      return printed;
    }
    StringBuilder text = new StringBuilder(printed.length());
    for (int i = 0; i < printed.length(); i++) {
      char c = printed.charAt(i);
      if (controls(c)) {
        text.append("\\u").append(String.format(Locale.ROOT, "%04x", (int) c));
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  /** A plain loop, as this runs in every short command. */
  private static boolean isHarmless(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (controls(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean controls(char c) {
    boolean layout = c == '\n' || c == '\t';
    boolean c0OrC1 = c < 0x20 || (c >= 0x7f && c <= 0x9f);
    boolean bidi =
        c == 0x061c
            || c == 0x200e
            || c == 0x200f
            || (c >= 0x202a && c <= 0x202e)
            || (c >= 0x2066 && c <= 0x2069);
    return (c0OrC1 && !layout) || bidi;
  }
}
