package dev.kodo.theme;

/**
 * What came of a theme.
 *
 * @param title one line, becomes part of a file name
 * @param summary the outcome in a few sentences
 * @param body the whole account; Markdown
 */
record ThemeSummaryAnswer(String title, String summary, String body) {
  ThemeSummaryAnswer {
    title = AnswerText.line("title", title, 200);
    summary = AnswerText.text("summary", summary, 4_000);
    body = AnswerText.text("body", body, 100_000);
  }
}
