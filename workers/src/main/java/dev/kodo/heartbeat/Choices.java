package dev.kodo.heartbeat;

import dev.kodo.worker.Items;
import dev.kodo.worker.JobFailure;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The answers that a person offers on a task; a diagram branches by them. */
record Choices(List<String> all) {
  private static final int MOST = 12;
  private static final int LONGEST = 60;

  static Choices of(@Nullable Items given) {
    List<String> all =
        given == null
            ? List.of()
            : given.all().stream()
                .flatMap(line -> Stream.of(line.split("、", -1)))
                .map(String::strip)
                .filter(choice -> !choice.isEmpty())
                .distinct()
                .toList();
    boolean usable =
        all.isEmpty()
            || (all.size() >= 2
                && all.size() <= MOST
                && all.stream().allMatch(choice -> choice.length() <= LONGEST));
    if (!usable) {
      throw JobFailure.retry(
          "Expected 2 to %d answers of at most %d characters, separated by commas, but got: %s. Correct the field 'choices' of the task in Modeler."
              .formatted(MOST, LONGEST, String.join(", ", all)),
          null);
    }
    return new Choices(all);
  }

  /** The line of the instruction about the choice; empty when there is none to make. */
  String instruction() {
    return all.isEmpty()
        ? ""
        : "- `choice`: exactly one of the lines of the section Answers, letter by letter.\n";
  }
}
