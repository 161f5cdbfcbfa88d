package dev.kodo.heartbeat;

import static java.util.stream.Collectors.toList;

import dev.kodo.model.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What happened in a theme, told so that the text of one beat is the beginning of that of the next:
 * a beat and what it left stand where they stood, and new ones come behind them. After every second
 * piece older beats become one line each: a cache then reads their newest successors anew, and in
 * the other beats only what was added. What is shown depends on nothing but what happened.
 */
final class ThemeHistory {
  /** Pieces after which a group of beats is complete. */
  private static final int PIECES = 2;

  /** Beats after which a group is complete, however few pieces they left. */
  private static final int BEATS = 12;

  /** Pieces that are shown at least, as far as there are any. */
  private static final int LEAST_PIECES = 2;

  /** Groups of older beats that are dropped at once, and that are kept at least. */
  private static final int GROUPS = 6;

  private static final int ID_LENGTH = 14;

  private final List<List<Entry>> complete = new ArrayList<>();
  private final List<Entry> growing = new ArrayList<>();

  /**
   * A beat and the files that it left.
   *
   * @param id empty for files that no beat has left
   * @param what {@code <activity> <state> <names of files without the id>}; no word of an error
   */
  private record Entry(String id, String what, List<String> files) {
    String line() {
      return (id + " " + what).strip();
    }

    /** Ids cost a model as much as all the rest; where a beat stands tells when it was. */
    String shortLine() {
      return "- " + what;
    }
  }

  /**
   * @param beats that have ended, in the order of their ends
   * @param files paths of what the beats left; a name begins with the id of its beat
   */
  ThemeHistory(List<Beat> beats, List<String> files) {
    Map<String, List<String>> byBeat =
        files.stream().collect(Collectors.groupingBy(ThemeHistory::id, TreeMap::new, toList()));
    Map<String, List<String>> others = new TreeMap<>(byBeat);
    beats.forEach(beat -> others.remove(beat.heartbeatId()));
    for (Beat beat : beats) {
      others
          .entrySet()
          .removeIf(
              other ->
                  other.getKey().compareTo(beat.heartbeatId()) < 0 && addOther(other.getValue()));
      List<String> own = byBeat.getOrDefault(beat.heartbeatId(), List.of());
      add(new Entry(beat.heartbeatId(), what(beat, own), own));
    }
    others.values().forEach(this::addOther);
  }

  /** What the open beat has left until now, or a person has put there. */
  private boolean addOther(List<String> files) {
    add(
        new Entry(
            "", files.stream().map(ThemeHistory::name).collect(Collectors.joining(" ")), files));
    return true;
  }

  /** Oldest first. */
  List<Section> sections(Function<String, Optional<String>> text) {
    int told = complete.size() - (pieces(growing) < LEAST_PIECES && !complete.isEmpty() ? 1 : 0);
    List<Section> sections = new ArrayList<>();
    int dropped = Math.max(0, told / GROUPS - 1) * GROUPS;
    for (List<Entry> group : complete.subList(dropped, told)) {
      sections.add(
          new Section(
              "Beats",
              group.stream().map(Entry::shortLine).collect(Collectors.joining("\n")),
              Section.Kind.BEAT));
    }
    complete.subList(told, complete.size()).forEach(group -> tell(group, text, sections));
    tell(growing, text, sections);
    return sections;
  }

  private static void tell(
      List<Entry> entries, Function<String, Optional<String>> text, List<Section> sections) {
    for (Entry entry : entries) {
      sections.add(new Section("Beat", entry.line(), Section.Kind.BEAT));
      for (String path : entry.files()) {
        text.apply(path)
            .ifPresent(piece -> sections.add(new Section("Piece", piece, Section.Kind.PIECE)));
      }
    }
  }

  private void add(Entry entry) {
    growing.add(entry);
    if (pieces(growing) >= PIECES || growing.size() >= BEATS) {
      complete.add(List.copyOf(growing));
      growing.clear();
    }
  }

  private static int pieces(List<Entry> entries) {
    return entries.stream().mapToInt(entry -> entry.files().size()).sum();
  }

  private static String what(Beat beat, List<String> files) {
    String names =
        files.stream()
            .map(path -> name(path).replaceFirst("^" + beat.heartbeatId() + "_?", ""))
            .collect(Collectors.joining(" "));
    String activity = beat.activity() == null ? "none" : beat.activity();
    return (activity + " " + beat.state().id() + " " + names).strip();
  }

  /** The id of the beat that a file's name begins with. */
  private static String id(String path) {
    String name = name(path);
    return name.substring(0, Math.min(ID_LENGTH, name.length()));
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
