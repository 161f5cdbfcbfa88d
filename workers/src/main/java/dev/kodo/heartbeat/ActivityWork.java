package dev.kodo.heartbeat;

/**
 * What the model made of an activity.
 *
 * @param title names the artifact; blank when the activity leaves none
 * @param summary one or two sentences for the activity log
 * @param body Markdown of the artifact; an answer with a title and no body claims work that it did
 *     not do
 */
record ActivityWork(String title, String summary, String body) {
  ActivityWork {
    if (summary.isBlank()) {
      throw new IllegalArgumentException("summary must not be empty");
    }
    if (title.length() > 200) {
      throw new IllegalArgumentException(
          "title must have at most 200 characters but has " + title.length());
    }
  }
}
