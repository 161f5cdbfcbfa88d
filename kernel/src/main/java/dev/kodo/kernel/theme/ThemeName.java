package dev.kodo.kernel.theme;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;

/**
 * Makes a file name for the themebox from whatever a person gives: letters and digits of any script
 * stay, everything else becomes a dash.
 */
final class ThemeName {
  private static final int MAX_BYTES = 120;
  private static final String FALLBACK = "theme";

  private ThemeName() {}

  /** From a file name or a title; the result always ends in .md or .txt. */
  static String of(String wish) {
    String composed = Normalizer.normalize(wish, Normalizer.Form.NFC);
    String extension = composed.toLowerCase(Locale.ROOT).endsWith(".txt") ? ".txt" : ".md";
    String stem = withoutExtension(composed);
    StringBuilder name = new StringBuilder();
    int bytes = 0;
    for (int c : stem.codePoints().toArray()) {
      int safe = Character.isLetterOrDigit(c) || c == '_' ? c : '-';
      boolean repeatedDash =
          safe == '-' && (name.isEmpty() || name.charAt(name.length() - 1) == '-');
      int size = Character.toString(safe).getBytes(StandardCharsets.UTF_8).length;
      if (repeatedDash || bytes + size > MAX_BYTES) {
        continue;
      }
      name.appendCodePoint(safe);
      bytes += size;
    }
    while (!name.isEmpty() && name.charAt(name.length() - 1) == '-') {
      name.setLength(name.length() - 1);
    }
    String clean = name.isEmpty() ? FALLBACK : name.toString();
    return (isReserved(clean) ? "theme-" + clean : clean) + extension;
  }

  /** The words at the front of a name that mean something in the themebox. */
  private static boolean isReserved(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.equals("draft") || lower.equals("processed") || lower.equals("interrupt");
  }

  private static String withoutExtension(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (String extension : new String[] {".md", ".txt", ".markdown"}) {
      if (lower.endsWith(extension)) {
        return name.substring(0, name.length() - extension.length());
      }
    }
    return name;
  }
}
