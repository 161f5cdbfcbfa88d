package dev.kodo.routine;

import dev.kodo.model.Body;
import dev.kodo.model.Brief;
import dev.kodo.model.Contract;
import dev.kodo.model.Purpose;
import dev.kodo.model.Title;

/**
 * What the model made of a routine's instruction.
 *
 * @param title short; the heading of the file
 * @param summary one or two sentences
 * @param body Markdown
 */
record RoutineAnswer(
    @Title(longest = 80) String title, @Brief(longest = 400) String summary, @Body String body) {
  static final Contract<RoutineAnswer> CONTRACT =
      new Contract<>(
          Purpose.ROUTINE, RoutineAnswer.class, 900, 200, Contract.Otherwise.KEEP_WHOLE_SENTENCES);
}
