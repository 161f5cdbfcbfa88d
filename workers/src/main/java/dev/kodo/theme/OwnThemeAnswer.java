package dev.kodo.theme;

import dev.kodo.model.Body;
import dev.kodo.model.Contract;
import dev.kodo.model.Purpose;
import dev.kodo.model.Title;

/**
 * A theme that the agent chose itself.
 *
 * @param title one line
 * @param text what the theme is about, why, and what could come of it; Markdown
 */
record OwnThemeAnswer(@Title(longest = 80) String title, @Body String text) {
  static final Contract<OwnThemeAnswer> CONTRACT =
      new Contract<>(
          Purpose.OWN_THEME,
          OwnThemeAnswer.class,
          400,
          120,
          Contract.Otherwise.KEEP_WHOLE_SENTENCES);
}
