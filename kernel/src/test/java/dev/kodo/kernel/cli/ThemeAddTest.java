package dev.kodo.kernel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThemeAddTest {
  @TempDir Path folder;

  private Path home;
  private Path box;

  @BeforeEach
  void prepare() {
    home = folder.resolve("home");
    box = home.resolve("workspace/main/themebox");
  }

  @Test
  void takesTheWordsThemselves() throws IOException {
    CommandRun run = add("蜂の一生", "と 蜜");

    assertThat(run.exit()).isZero();
    assertThat(box.resolve("蜂の一生-と-蜜.md")).hasContent("蜂の一生 と 蜜");
  }

  @Test
  void takesAFileUnderItsOwnName() throws IOException {
    Path file = Files.writeString(folder.resolve("bees.txt"), "\uFEFFBees.\nAnd honey.\n");

    assertThat(add(file.toString()).exit()).isZero();

    assertThat(box.resolve("bees.txt")).hasContent("Bees.\nAnd honey.\n");
  }

  @Test
  void takesTheStandardInput() {
    CommandRun run =
        CommandRun.of(home, "Why cats purr".getBytes(StandardCharsets.UTF_8), "theme", "add", "-");

    assertThat(run.exit()).isZero();
    assertThat(box.resolve("Why-cats-purr.md")).exists();
  }

  @Test
  void neverReplacesAFileAndLeavesNoTrace() throws IOException {
    add("same words");
    add("same words");
    Files.move(box.resolve("same-words.md"), box.resolve("processed.same-words.md"));
    add("same words");

    assertThat(names())
        .containsExactlyInAnyOrder("processed.same-words.md", "same-words-2.md", "same-words-3.md");
  }

  @ParameterizedTest
  @CsvSource({
    "../../etc/passwd, etc-passwd.md",
    "'a\nb\tc', a-b-c.md",
    "draft.md, theme-draft.md",
    "processed, theme-processed.md",
    "interrupt.txt, theme-interrupt.txt",
    "draft.x.md, draft-x.md",
    ".hidden, hidden.md",
    "🐝🐝, theme.md",
    "蜂 🐝 です, 蜂-です.md",
    "---, theme.md",
    "con/../nul, con-nul.md"
  })
  void makesOddNamesSafe(String wish, String name) throws IOException {
    CommandRun run = add("some idea", "--name", wish);

    assertThat(run.exit()).isZero();
    assertThat(names()).containsExactly(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "蜂", "𠮷"})
  void shortensNamesOf300Characters(String character) throws IOException {
    assertThat(add("some idea", "--name", character.repeat(300)).exit()).isZero();

    String name = names().getFirst();
    assertThat(name.getBytes(StandardCharsets.UTF_8).length).isBetween(100, 130);
    assertThat(name).doesNotContain("\uFFFD").endsWith(".md");
  }

  @Test
  void refusesAnEmptyTheme() throws IOException {
    rejected(add(" \n "), "is empty");
    rejected(add(Files.writeString(folder.resolve("e.md"), "").toString()), "is empty");
  }

  @Test
  void refusesAThemeThatIsTooLarge() throws IOException {
    Path file = Files.write(folder.resolve("large.md"), new byte[10 << 20]);

    rejected(add(file.toString()), "1.0 MB");
  }

  @Test
  void refusesBinaryAndInvalidText() throws IOException {
    Path binary = Files.write(folder.resolve("b.md"), new byte[] {'a', 0, 'b'});
    Path invalid = Files.write(folder.resolve("i.md"), new byte[] {'a', (byte) 0xC3, '('});

    rejected(add(binary.toString()), "binary");
    rejected(add(invalid.toString()), "UTF-8");
  }

  @Test
  void refusesWhatIsNoReadableFile() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("l.md"), folder.resolve("nowhere"));

    rejected(add(folder.toString()), "is a folder");
    rejected(add(folder.resolve("missing.md").toString()), "there is no");
    rejected(add(link.toString()), "link to nothing");
    rejected(add("/dev/zero"), "Expected a file");
  }

  @Test
  void refusesAThemeboxThatLeadsOutOfTheWorkspace() throws IOException {
    Path outside = Files.createDirectories(folder.resolve("outside"));
    Files.createDirectories(home.resolve("workspace/main"));
    Files.createSymbolicLink(box, outside);

    rejected(add("some idea"), "link out of it");
    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void namesTheKnownAgentsForAnUnknownOne() {
    CommandRun run = add("some idea", "--agent", "nobody");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("main").contains("nobody");
  }

  @Test
  void explainsAWorkspaceThatIsNoFolder() throws IOException {
    Files.createDirectories(home);
    Files.writeString(home.resolve("workspace"), "a file");

    CommandRun run = add("some idea");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("HOME_UNWRITABLE").doesNotContain("at dev.kodo");
  }

  private CommandRun add(String... words) {
    return CommandRun.of(
        home, Stream.concat(Stream.of("theme", "add"), Stream.of(words)).toArray(String[]::new));
  }

  private void rejected(CommandRun run, String reason) throws IOException {
    assertThat(run.exit()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains(reason).contains("[THEME_REJECTED]");
    assertThat(names()).isEmpty();
  }

  private List<String> names() throws IOException {
    if (!Files.isDirectory(box)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(box)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
