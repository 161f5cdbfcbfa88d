package dev.kodo.routine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Changes {@code routines.yml} line by line, so that whatever a person wrote beside an entry stays
 * as it is, comments included.
 */
final class RoutineEditing {
  private RoutineEditing() {}

  /** The change cannot be made without touching what a person wrote. */
  static final class Impossible extends Exception {
    Impossible(String sentence) {
      super(sentence);
    }
  }

  /** Puts an entry at the end. */
  static String added(String text, String entry) {
    String before = text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
    return before + (before.isBlank() ? "" : "\n") + entry;
  }

  /** Takes an entry out; the comments above it and above the next one stay. */
  static String removed(String text, String name) throws Impossible {
    List<String> lines = lines(text);
    Place place = place(text, name);
    List<String> left = new ArrayList<>(lines.subList(0, place.first()));
    left.addAll(lines.subList(place.end(), lines.size()));
    return String.join("\n", left);
  }

  /** Switches an entry on or off. */
  static String switched(String text, String name, boolean enabled) throws Impossible {
    Place place = place(text, name);
    List<String> lines = new ArrayList<>(lines(text));
    Optional<ScalarNode> value = place.value("enabled");
    if (value.isPresent()) {
      int line = value.get().getStartMark().getLine();
      int from = value.get().getStartMark().getColumn();
      int to = value.get().getEndMark().getColumn();
      String old = lines.get(line);
      lines.set(line, old.substring(0, from) + enabled + old.substring(to));
    } else if (place.settings().getFlowStyle() == DumperOptions.FlowStyle.BLOCK) {
      lines.add(place.first() + 1, " ".repeat(place.indent()) + "enabled: " + enabled);
    } else {
      int line = place.settings().getStartMark().getLine();
      int brace = lines.get(line).indexOf('{', place.settings().getStartMark().getColumn()) + 1;
      String old = lines.get(line);
      lines.set(
          line, old.substring(0, brace) + "enabled: " + enabled + ", " + old.substring(brace));
    }
    return String.join("\n", lines);
  }

  /**
   * Where an entry stands.
   *
   * @param first its first line, counted from 0
   * @param end the line after its last one
   */
  private record Place(int first, int end, MappingNode settings) {
    int indent() {
      return settings.getValue().getFirst().getKeyNode().getStartMark().getColumn();
    }

    Optional<ScalarNode> value(String key) {
      return settings.getValue().stream()
          .filter(each -> key.equals(scalar(each.getKeyNode())))
          .map(NodeTuple::getValueNode)
          .filter(ScalarNode.class::isInstance)
          .map(ScalarNode.class::cast)
          .findFirst();
    }
  }

  private static Place place(String text, String name) throws Impossible {
    Node root;
    try {
      root = RoutineFile.compose(text);
    } catch (YAMLException broken) {
      throw new Impossible(
          "The file routines.yml is no YAML as a whole. Correct the lines that kodo routine list names first.");
    }
    if (root instanceof MappingNode mapping) {
      if (mapping.getFlowStyle() != DumperOptions.FlowStyle.BLOCK) {
        throw new Impossible(
            "The whole of routines.yml is written in braces. Change it with an editor.");
      }
      List<NodeTuple> entries = mapping.getValue();
      for (int i = 0; i < entries.size(); i++) {
        if (name.equals(scalar(entries.get(i).getKeyNode()))) {
          return place(text, entries, i);
        }
      }
    }
    throw new Impossible("There is no routine '" + Words.shown(name) + "' in routines.yml.");
  }

  private static Place place(String text, List<NodeTuple> entries, int i) throws Impossible {
    NodeTuple entry = entries.get(i);
    int first = entry.getKeyNode().getStartMark().getLine();
    List<String> lines = lines(text);
    int end =
        i + 1 < entries.size()
            ? entries.get(i + 1).getKeyNode().getStartMark().getLine()
            : lines.size();
    while (end > first + 1 && isBetween(lines.get(end - 1))) {
      end--;
    }
    boolean plain =
        entry.getKeyNode().getStartMark().getColumn() == 0
            && entry.getValueNode() instanceof MappingNode settings
            && !settings.getValue().isEmpty()
            && settings.getStartMark().getIndex() > entry.getKeyNode().getEndMark().getIndex();
    if (!plain) {
      throw new Impossible(
          "The entry in line %d has no settings of its own on lines of its own. Change it with an editor."
              .formatted(first + 1));
    }
    return new Place(first, end, (MappingNode) entry.getValueNode());
  }

  /** Empty lines and comments in the first column belong to what comes after them. */
  private static boolean isBetween(String line) {
    return line.isBlank() || line.startsWith("#");
  }

  private static @org.jspecify.annotations.Nullable String scalar(Node node) {
    return node instanceof ScalarNode scalar ? scalar.getValue() : null;
  }

  private static List<String> lines(String text) {
    return List.of(text.split("\n", -1));
  }
}
