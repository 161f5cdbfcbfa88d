package dev.kodo.kernel.theme;

import dev.kodo.kernel.config.Sizes;
import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The text of a theme: valid UTF-8, not empty, not too large, nothing binary. */
public record ThemeText(String text) {

  /**
   * Checks and decodes the bytes.
   *
   * @param from names the source in messages
   */
  public static ThemeText of(byte[] bytes, long maxSize, String from) {
    if (bytes.length > maxSize) {
      throw rejected(
          "Expected at most " + Sizes.readable(maxSize) + ", but " + from + " is larger.",
          "Shorten it, or raise `theme.max-size` in kodo.yml.");
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw rejected(
          "Expected UTF-8 text, but " + from + " holds bytes that are none.",
          "Save it as UTF-8 text and add it again.");
    }
    text = text.startsWith("\uFEFF") ? text.substring(1) : text;
    if (text.indexOf('\0') >= 0) {
      throw rejected(
          "Expected text, but " + from + " holds binary data.", "Add a text or Markdown file.");
    }
    if (text.isBlank()) {
      throw rejected(
          "Expected an idea in a few words, but " + from + " is empty.",
          "Write at least one sentence.");
    }
    return new ThemeText(text.endsWith("\n") ? text : text + "\n");
  }

  /** The first words, from which the file gets its name. */
  String title() {
    String line = text.strip().lines().findFirst().orElse("").replaceFirst("^#+\\s*", "");
    return line.codePointCount(0, line.length()) <= 40
        ? line
        : line.substring(0, line.offsetByCodePoints(0, 40));
  }

  static Problem rejected(String message, String next) {
    return new Problem(ProblemCode.THEME_REJECTED, message, next);
  }
}
