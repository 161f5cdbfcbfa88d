package dev.kodo.routine;

import dev.kodo.model.Contract;
import dev.kodo.model.Purpose;

/**
 * What the model made of a routine's instruction.
 *
 * @param title short; the heading of the file
 * @param summary one or two sentences
 * @param body Markdown
 */
record RoutineAnswer(String title, String summary, String body) {
  static final Contract<RoutineAnswer> CONTRACT =
      new Contract<>(
          Purpose.ROUTINE, RoutineAnswer.class, 900, 200, Contract.Otherwise.KEEP_WHOLE_SENTENCES);

  private static final int LONGEST_TITLE = 200;

  RoutineAnswer {
    if (title.length() > LONGEST_TITLE) {
      throw new IllegalArgumentException(
          "title must have at most %d characters but has %d"
              .formatted(LONGEST_TITLE, title.length()));
    }
    if (body.isBlank()) {
      throw new IllegalArgumentException("body must not be empty");
    }
  }

  String heading() {
    return title.replaceAll("\\s+", " ").strip();
  }
}
