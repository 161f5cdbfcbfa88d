package dev.kodo.theme;

import dev.kodo.model.Contract;
import dev.kodo.model.Purpose;

/**
 * What came of a theme.
 *
 * @param title one line, becomes part of a file name
 * @param summary the outcome in a few sentences
 * @param body the whole account; Markdown
 */
record ThemeSummaryAnswer(String title, String summary, String body) {
  static final Contract<ThemeSummaryAnswer> CONTRACT =
      new Contract<>(
          Purpose.THEME_SUMMARY,
          ThemeSummaryAnswer.class,
          700,
          200,
          Contract.Otherwise.KEEP_WHOLE_SENTENCES);

  ThemeSummaryAnswer {
    title = AnswerText.line("title", title, 200);
    summary = AnswerText.text("summary", summary, 4_000);
    body = AnswerText.text("body", body, 100_000);
  }
}
