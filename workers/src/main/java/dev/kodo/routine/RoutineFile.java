package dev.kodo.routine;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;

/**
 * Reads {@code routines.yml}: a mapping from names to routines. An entry that cannot be used is a
 * problem of its own and leaves the others alone, even where the file as a whole is no YAML.
 *
 * @param routines in the order of the file
 */
record RoutineFile(List<Routine> routines, List<Problem> problems) {
  /** Its place in the workspace. */
  static final String PATH = "routines.yml";

  static final int LARGEST = 256 * 1024;
  private static final int MOST = 200;

  RoutineFile {
    routines = List.copyOf(routines);
    problems = List.copyOf(problems);
  }

  static RoutineFile parse(String text) {
    Reading reading = new Reading();
    try {
      reading.mapping(compose(text), 0);
    } catch (YAMLException broken) {
      blocks(text).forEach(reading::block);
    }
    return new RoutineFile(reading.routines, reading.problems);
  }

  /** Names that the file speaks of, also where their entries cannot be used. */
  Set<String> names() {
    Set<String> names = routines.stream().map(Routine::name).collect(Collectors.toSet());
    problems.stream().map(Problem::routine).filter(java.util.Objects::nonNull).forEach(names::add);
    return names;
  }

  static @org.jspecify.annotations.Nullable Node compose(String text) {
    LoaderOptions limits = new LoaderOptions();
    limits.setCodePointLimit(LARGEST);
    limits.setNestingDepthLimit(10);
    limits.setMaxAliasesForCollections(10);
    return new Yaml(limits).compose(new StringReader(text));
  }

  /** A part of a file that begins in the first column of a line. */
  record Block(String text, int line) {}

  /** The entries of a file that is no YAML as a whole, as far as lines tell. */
  static List<Block> blocks(String text) {
    List<Block> blocks = new ArrayList<>();
    StringBuilder open = new StringBuilder();
    int begun = 1;
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      boolean begins = !line.isBlank() && !Character.isWhitespace(line.charAt(0));
      if (begins && !line.startsWith("#")) {
        add(blocks, open, begun);
        open.setLength(0);
        begun = number;
      }
      open.append(line).append('\n');
    }
    add(blocks, open, begun);
    return blocks;
  }

  private static void add(List<Block> blocks, StringBuilder open, int begun) {
    boolean says = open.toString().lines().anyMatch(l -> !l.isBlank() && !l.startsWith("#"));
    if (says) {
      blocks.add(new Block(open.toString(), begun));
    }
  }

  private static final class Reading {
    private final List<Routine> routines = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    private void block(Block block) {
      try {
        mapping(compose(block.text()), block.line() - 1);
      } catch (YAMLException broken) {
        problems.add(
            new Problem(name(block), line(block, broken), "It is no YAML: " + cause(broken)));
      }
    }

    /** The name of an entry whose content cannot be read. */
    private static @org.jspecify.annotations.Nullable String name(Block block) {
      String first = block.text().lines().findFirst().orElse("");
      String word = first.contains(":") ? first.substring(0, first.indexOf(':')).strip() : "";
      return Routine.NAME.matcher(word).matches() ? word : null;
    }

    /** A mark behind the last line means that the entry does not end where it should. */
    private static int line(Block block, YAMLException broken) {
      int marked =
          broken instanceof MarkedYAMLException known && known.getProblemMark() != null
              ? known.getProblemMark().getLine()
              : 0;
      return block.line()
          + Math.min(marked, (int) block.text().stripTrailing().lines().count() - 1);
    }

    private static String cause(YAMLException broken) {
      String words =
          broken instanceof MarkedYAMLException marked && marked.getProblem() != null
              ? marked.getProblem()
              : String.valueOf(broken.getMessage());
      return Words.shown(words) + ". Correct the line; the other routines run on.";
    }

    private void mapping(@org.jspecify.annotations.Nullable Node root, int linesBefore) {
      if (root == null) {
        return;
      }
      if (!(root instanceof MappingNode mapping)) {
        problems.add(
            new Problem(
                null,
                linesBefore + root.getStartMark().getLine() + 1,
                "Expected names of routines, each with its settings below it. See docs/routines.md."));
        return;
      }
      for (NodeTuple tuple : mapping.getValue()) {
        entry(tuple, linesBefore);
      }
    }

    private void entry(NodeTuple tuple, int linesBefore) {
      RoutineEntry entry = new RoutineEntry(tuple, linesBefore);
      try {
        Routine routine = entry.read();
        if (!names.add(routine.name())) {
          throw entry.wrong("There is another routine of this name above. Give it another name.");
        }
        if (routines.size() == MOST) {
          throw entry.wrong("There are more than " + MOST + " routines. Remove some.");
        }
        routines.add(routine);
      } catch (RoutineEntry.Wrong wrong) {
        problems.add(wrong.problem());
      }
    }
  }
}
