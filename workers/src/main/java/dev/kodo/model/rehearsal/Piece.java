package dev.kodo.model.rehearsal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** An artifact of the agent, as far as it is shown. */
record Piece(String path, String excerpt) {
  private static final Pattern HEADING = Pattern.compile("## (\\S.*(?:\\.md|/).*)");
  private static final Pattern NOT_PROSE =
      Pattern.compile("^(?:---.*|[#>|].*|[a-zA-Z_-]+:(?:\\s.*)?|\\*.*\\*|\\s*)$");

  /** Reads blocks of {@code ## path} and an excerpt. */
  static List<Piece> all(String section) {
    List<Piece> pieces = new ArrayList<>();
    for (String line : section.lines().toList()) {
      var heading = HEADING.matcher(line);
      if (heading.matches()) {
        pieces.add(new Piece(heading.group(1).strip(), ""));
      } else if (!pieces.isEmpty()) {
        Piece last = pieces.removeLast();
        pieces.add(new Piece(last.path(), last.excerpt() + line + "\n"));
      }
    }
    return pieces;
  }

  /** The file name for people: without folder, heartbeat id and ending. */
  String name() {
    return path.replaceFirst(".*/", "")
        .replaceFirst("\\.md$", "")
        .replaceFirst("^\\d{8,}_", "")
        .replace('_', ' ')
        .strip();
  }

  /** The first sentences of its prose: no front matter, headings, quotations or lists. */
  List<String> prose() {
    String text =
        excerpt
            .lines()
            .filter(line -> !NOT_PROSE.matcher(line.strip()).matches())
            .reduce("", (all, line) -> all + "\n" + line);
    return Sentences.of(text);
  }
}
