package dev.kodo.theme;

import dev.kodo.model.Contract;
import dev.kodo.model.Purpose;
import java.util.Set;

/**
 * From which expert's point of view a theme is worked on.
 *
 * @param arrangement {@code one-expert} or {@code several-experts}
 * @param comparison why this arrangement is the better one; Markdown
 * @param expert who the expert is, one line; of several, the one who leads
 * @param body how that expert works on the theme; Markdown
 */
record ExpertContextAnswer(String arrangement, String comparison, String expert, String body) {
  static final Contract<ExpertContextAnswer> CONTRACT =
      new Contract<>(
          Purpose.EXPERT_CONTEXT,
          ExpertContextAnswer.class,
          600,
          200,
          Contract.Otherwise.KEEP_WHOLE_SENTENCES);

  private static final Set<String> ARRANGEMENTS = Set.of("one-expert", "several-experts");

  ExpertContextAnswer {
    arrangement = AnswerText.line("arrangement", arrangement, 40);
    if (!ARRANGEMENTS.contains(arrangement)) {
      throw new IllegalArgumentException(
          "Expected 'one-expert' or 'several-experts' in 'arrangement' but got '%s'"
              .formatted(arrangement));
    }
    comparison = AnswerText.text("comparison", comparison, 20_000);
    expert = AnswerText.line("expert", expert, 300);
    body = AnswerText.text("body", body, 40_000);
  }
}
