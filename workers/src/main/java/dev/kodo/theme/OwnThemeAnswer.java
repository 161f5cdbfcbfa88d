package dev.kodo.theme;

/**
 * A theme that the agent chose itself.
 *
 * @param title one line
 * @param text what the theme is about, why, and what could come of it; Markdown
 */
record OwnThemeAnswer(String title, String text) {
  OwnThemeAnswer {
    title = AnswerText.line("title", title, 200);
    text = AnswerText.text("text", text, 20_000);
  }
}
