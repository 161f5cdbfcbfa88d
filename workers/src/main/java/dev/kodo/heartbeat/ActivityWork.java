package dev.kodo.heartbeat;

import dev.kodo.model.Contract;
import dev.kodo.model.Purpose;
import org.jspecify.annotations.Nullable;

/**
 * What the model made of an activity.
 *
 * @param title names the artifact; blank when the activity leaves none
 * @param summary one or two sentences for the activity log
 * @param body Markdown of the artifact; an answer with a title and no body claims work that it did
 *     not do
 */
record ActivityWork(@Nullable String title, String summary, @Nullable String body) {
  private static final int BOUND = 700;

  private static final int LEAST = 200;

  /** The same for all four kinds of work. */
  static Contract<ActivityWork> contract(Purpose purpose) {
    return new Contract<>(
        purpose, ActivityWork.class, BOUND, LEAST, Contract.Otherwise.KEEP_WHOLE_SENTENCES);
  }

  private static final int LONGEST_TITLE = 200;

  ActivityWork {
    if (title != null && title.length() > LONGEST_TITLE) {
      throw new IllegalArgumentException(
          "title must have at most %d characters but has %d"
              .formatted(LONGEST_TITLE, title.length()));
    }
  }

  /** The title on one line, or an empty text. */
  String heading() {
    return title == null ? "" : title.replaceAll("\\s+", " ").strip();
  }

  /** The artifact's Markdown, or an empty text. */
  String text() {
    return body == null ? "" : body.strip();
  }
}
