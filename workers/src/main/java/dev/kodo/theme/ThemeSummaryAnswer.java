package dev.kodo.theme;

import dev.kodo.model.Body;
import dev.kodo.model.Brief;
import dev.kodo.model.Contract;
import dev.kodo.model.Purpose;
import dev.kodo.model.Title;

/**
 * What came of a theme.
 *
 * @param title one line, becomes part of a file name
 * @param summary the outcome in a few sentences
 * @param body the whole account; Markdown
 */
record ThemeSummaryAnswer(
    @Title(longest = 80) String title,
    @Brief(longest = 400) String summary,
    @Body(paragraphs = 3) String body) {
  static final Contract<ThemeSummaryAnswer> CONTRACT =
      new Contract<>(
          Purpose.THEME_SUMMARY,
          ThemeSummaryAnswer.class,
          700,
          200,
          Contract.Otherwise.KEEP_WHOLE_SENTENCES);
}
