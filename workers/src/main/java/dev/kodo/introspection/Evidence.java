package dev.kodo.introspection;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What can be counted about the latest beats.
 *
 * @param beats how many beats were looked at
 * @param activities beats by activity
 * @param states beats by how they ended
 * @param errors beats by error code
 * @param rejectedThemeFiles files in the themebox that could not become themes
 * @param unreadFeedback files in the feedbackbox that nobody has handled
 * @param lastScores scores of earlier introspections, newest first
 */
record Evidence(
    int beats,
    Map<String, Integer> activities,
    Map<String, Integer> states,
    Map<String, Integer> errors,
    int rejectedThemeFiles,
    int unreadFeedback,
    List<Integer> lastScores) {
  Evidence {
    activities = Map.copyOf(activities);
    states = Map.copyOf(states);
    errors = Map.copyOf(errors);
    lastScores = List.copyOf(lastScores);
  }

  /** One fact on a line, always in the same order. */
  String lines() {
    List<String> lines = new ArrayList<>();
    lines.add("Beats looked at: " + beats);
    counted(lines, "Activity", activities);
    counted(lines, "Ended", states);
    counted(lines, "Error", errors);
    lines.add("Rejected theme files: " + rejectedThemeFiles);
    lines.add("Unread feedback files: " + unreadFeedback);
    lines.add("Earlier scores, newest first: " + (lastScores.isEmpty() ? "none" : lastScores));
    return String.join("\n", lines);
  }

  private static void counted(List<String> lines, String what, Map<String, Integer> counts) {
    counts.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(count -> lines.add(what + " " + count.getKey() + ": " + count.getValue()));
  }
}
