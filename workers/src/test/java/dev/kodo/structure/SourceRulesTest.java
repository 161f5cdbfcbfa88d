package dev.kodo.structure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kodo.testing.SourceTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Rules that only the sources show: who owns which table, and that every package is null-marked.
 */
class SourceRulesTest {
  private static final Path SOURCES = Path.of("src/main/java/dev/kodo");

  private static final Pattern ADVISORY = Pattern.compile("select pg_\\w*advisory\\w*lock\\(");

  /** Table → the one feature whose SQL may name it. */
  private static final Map<String, String> OWNERS =
      Map.ofEntries(
          Map.entry("agent", "agent"),
          Map.entry("heartbeat", "heartbeat"),
          Map.entry("beat_waiting", "heartbeat"),
          Map.entry("theme", "theme"),
          Map.entry("introspection", "introspection"),
          Map.entry("model_call", "model"),
          Map.entry("model_dialect", "model"),
          Map.entry("decision", "decision"),
          Map.entry("effect", "worker"),
          Map.entry("deployed_resource", "process"),
          Map.entry("pruning", "session"),
          Map.entry("repair", "repair"),
          Map.entry("repair_attempt", "repair"),
          Map.entry("routine", "routine"),
          Map.entry("routine_run", "routine"));

  @Test
  void letsEachTableBeNamedByItsOwnerOnly() {
    assertThat(foreignTables(sources())).isEmpty();
  }

  @Test
  void findsAPlantedForeignTable() {
    String planted = "jdbc.sql(\"select * from heartbeat\")";

    assertThat(foreignTables(Map.of(SOURCES.resolve("theme/Planted.java"), planted)))
        .containsExactly("theme/Planted.java names the table heartbeat of heartbeat");
  }

  @Test
  void marksEveryPackageForNullChecks() throws IOException {
    assertThat(unmarked(SOURCES)).isEmpty();
    assertThat(unmarked(Path.of("src/main/resources")))
        .as("a planted folder without package-info")
        .isNotEmpty();
  }

  /** Kernel and body lock in one database; the same number once stopped every heartbeat. */
  @Test
  void givesEachAdvisoryLockANumberOfItsOwn() {
    SourceTree tree = SourceTree.find();
    String sources = tree.readJava("kernel/src/main") + tree.readJava("workers/src/main");

    assertThat(lockNumbers(sources)).hasSizeGreaterThanOrEqualTo(2).doesNotHaveDuplicates();
    assertThat(lockNumbers(sources + "\n  private static final long MINE = 0x6b6f646f62656174L;"))
        .as("with a planted one")
        .satisfies(numbers -> assertThat(Set.copyOf(numbers)).hasSizeLessThan(numbers.size()));
    assertThat(ADVISORY.matcher(sources).results().count())
        .as("calls that lock, each with its number")
        .isEqualTo(lockNumbers(sources).size());
  }

  private static List<String> lockNumbers(String sources) {
    return Pattern.compile("long \\w+ = (0x6b6f646f\\w*)L;")
        .matcher(sources)
        .results()
        .map(match -> match.group(1))
        .toList();
  }

  private static List<Path> unmarked(Path root) throws IOException {
    try (Stream<Path> folders = Files.walk(root)) {
      return folders.filter(Files::isDirectory).filter(folder -> !isMarked(folder)).toList();
    }
  }

  private static boolean isMarked(Path folder) {
    Path info = folder.resolve("package-info.java");
    return Files.exists(info) && read(info).contains("@NullMarked");
  }

  private static List<String> foreignTables(Map<Path, String> sources) {
    List<String> found = new ArrayList<>();
    sources.forEach(
        (file, text) ->
            OWNERS.forEach(
                (table, owner) -> {
                  String feature = SOURCES.relativize(file).getName(0).toString();
                  boolean named =
                      Pattern.compile("\\b(from|join|into|update)\\s+" + table + "\\b")
                          .matcher(text)
                          .find();
                  if (named && !feature.equals(owner)) {
                    found.add(
                        "%s names the table %s of %s"
                            .formatted(SOURCES.relativize(file), table, owner));
                  }
                }));
    return found;
  }

  private static Map<Path, String> sources() {
    Map<Path, String> sources = new LinkedHashMap<>();
    try (Stream<Path> files = Files.walk(SOURCES)) {
      files
          .filter(file -> file.toString().endsWith(".java"))
          .forEach(file -> sources.put(file, withoutComments(read(file))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sources;
  }

  private static String withoutComments(String text) {
    return text.replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("(?m)//.*$", "");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
