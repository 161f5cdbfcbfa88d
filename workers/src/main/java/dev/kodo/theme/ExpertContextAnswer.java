package dev.kodo.theme;

import dev.kodo.model.Body;
import dev.kodo.model.Brief;
import dev.kodo.model.Choice;
import dev.kodo.model.Contract;
import dev.kodo.model.Purpose;
import java.util.List;

/**
 * From which expert's point of view a theme is worked on.
 *
 * @param comparison why this arrangement is the better one
 * @param arrangement one of {@link #ARRANGEMENTS}
 * @param expert who the expert is, one line; of several, the one who leads
 * @param body how that expert works on the theme; Markdown
 */
record ExpertContextAnswer(
    @Brief(longest = 400) String comparison,
    @Choice String arrangement,
    @Brief(longest = 160) String expert,
    @Body String body) {
  static final List<String> ARRANGEMENTS = List.of("one-expert", "several-experts");

  static final Contract<ExpertContextAnswer> CONTRACT =
      new Contract<>(
          Purpose.EXPERT_CONTEXT,
          ExpertContextAnswer.class,
          600,
          200,
          Contract.Otherwise.KEEP_WHOLE_SENTENCES);
}
