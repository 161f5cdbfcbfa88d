package dev.kodo.theme;

import dev.kodo.workspace.FrontMatter;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One line about a beat, from its activity log. */
final class BeatLine {
  private static final int LONGEST = 300;

  private BeatLine() {}

  static String of(String path, String log) {
    FrontMatter.Document document = FrontMatter.read(log);
    String id = path.substring(path.lastIndexOf('/') + 1).replaceFirst("\\.md$", "");
    String text =
        document
            .body()
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .findFirst()
            .orElse("");
    return Stream.of(
            id,
            document.head().get("activity").orElse(null),
            document.head().get("outcome").orElse(null),
            Excerpt.of(text, LONGEST).replace('\n', ' '))
        .filter(Objects::nonNull)
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(" "));
  }
}
