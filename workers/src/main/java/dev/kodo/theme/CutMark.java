package dev.kodo.theme;

import dev.kodo.model.Cut;
import dev.kodo.workspace.FrontMatter;
import org.jspecify.annotations.Nullable;

/** How a file says that its text was cut: in its front matter, and in a line below the text. */
public final class CutMark {
  /** The key in the front matter; its value is {@link Cut#word}. */
  public static final String KEY = "cut";

  private CutMark() {}

  /** The same head for a text that is whole. */
  public static FrontMatter on(FrontMatter head, @Nullable Cut cut) {
    return cut == null ? head : head.with(KEY, cut.word());
  }

  /** The text with the line below it, in the text's own language. */
  public static String below(String text, @Nullable Cut cut) {
    return cut == null
        ? text
        : text.stripTrailing() + "\n\n" + cut.mark(ThemeLanguage.isJapanese(text));
  }

  /** What is added to a summary; empty for a text that is whole. */
  public static String sentence(@Nullable Cut cut) {
    return cut == null ? "" : " " + cut.sentence();
  }
}
