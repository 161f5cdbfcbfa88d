package dev.kodo.heartbeat;

import dev.kodo.worker.Items;
import dev.kodo.worker.JobFailure;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The answers that a person offers on a task; a diagram branches by them. */
record Choices(List<String> all) {
  private static final int MOST = 12;
  private static final int LONGEST = 60;
  private static final Pattern AROUND = Pattern.compile("^[\\s\"'“”「『*_`]+|[\\s\"'“”」』*_`.。!]+$");

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

  String instruction() {
    return all.isEmpty()
        ? "Give null as the choice."
        : "Decide for exactly one of the lines of the section Answers, and give it as the choice, letter by letter.";
  }

  /** What the model is told when it chose something else; empty when there is nothing to say. */
  Optional<String> fault(@Nullable String said) {
    return all.isEmpty() || chosen(said).isPresent()
        ? Optional.empty()
        : Optional.of("has a 'choice' that is none of the answers that were offered");
  }

  /** The answer that was chosen, in the letters of the person who offered it. */
  Optional<String> chosen(@Nullable String said) {
    String plain = AROUND.matcher(said == null ? "" : said).replaceAll("");
    return all.stream()
        .filter(choice -> choice.equalsIgnoreCase(plain) || choice.equals(said))
        .findFirst();
  }
}
