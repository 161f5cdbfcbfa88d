package dev.kodo.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kodo.audit.AuditTrail;
import dev.kodo.process.ErrorCode;
import dev.kodo.testing.SettableClock;
import dev.kodo.worker.JobFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkspaceFilesTest {
  @TempDir Path temp;
  Workspace workspace;
  Path folder;

  @BeforeEach
  void prepare() {
    workspace =
        new Workspaces(
                temp.resolve("ws"), new SettableClock("2026-11-21T10:00:00Z"), AuditTrail.NONE)
            .of("main");
    workspace.prepare();
    folder = workspace.folder();
  }

  @Test
  void writesReadsAndReplacesTextInNewFolders() {
    workspace.write("projects/a/b/ノート.md", "一\n");
    workspace.write("projects/a/b/ノート.md", "二 🫀\n");

    assertThat(workspace.read("projects/a/b/ノート.md")).isEqualTo("二 🫀\n");
    assertThat(workspace.list("projects/a/b")).extracting(Entry::name).containsExactly("ノート.md");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "/etc/passwd",
        "../other/SOUL.md",
        "projects/../../x",
        "projects/./x",
        ".git/config",
        "projects/.GIT/hooks/x",
        "a\0b"
      })
  void refusesPathsThatLeaveTheWorkspaceAtOnce(String path) {
    assertThatThrownBy(() -> workspace.write(path, "x"))
        .isInstanceOfSatisfying(
            WorkspaceException.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(WorkspaceException.Code.OUTSIDE);
              assertThat(refused.meaning())
                  .isEqualTo(new JobFailure.Meaning.Throw(ErrorCode.WORKSPACE_UNWRITABLE));
              assertThat(refused.reason()).contains("Use a path below the workspace");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"projects/out/x.md", "projects/out", "projects/nowhere", "projects/git/x"})
  void refusesToWriteOrReadThroughLinksThatLeadOut(String path) throws IOException {
    Path outside = Files.createDirectory(temp.resolve("outside"));
    Files.createSymbolicLink(folder.resolve("projects/out"), outside);
    Files.createSymbolicLink(folder.resolve("projects/nowhere"), temp.resolve("missing"));
    Files.createSymbolicLink(folder.resolve("projects/git"), folder.resolve(".git"));

    assertCode(() -> workspace.write(path, "x"), WorkspaceException.Code.OUTSIDE);
    assertCode(() -> workspace.tryRead(path), WorkspaceException.Code.OUTSIDE);
    assertThat(outside).isEmptyDirectory();
    assertThat(temp.resolve("missing")).doesNotExist();
  }

  @Test
  void followsLinksThatStayInside() throws IOException {
    workspace.write("projects/real/x.md", "one");
    Files.createSymbolicLink(folder.resolve("projects/alias"), Path.of("real"));

    workspace.write("projects/alias/x.md", "two");
    workspace.commit("1 Write through a link", List.of("projects/alias/x.md"));

    assertThat(workspace.read("projects/real/x.md")).isEqualTo("two");
    assertThat(new GitLog(workspace).files()).contains("projects/real/x.md");
  }

  @Test
  void acceptsOddNamesUpTo255Bytes() {
    String longest = "長".repeat(84) + ".md";
    List<String> names = List.of("a\nb.md", "-rf.md", "🫀 heart.md", "back\\slash.md", longest);

    for (String name : names) {
      workspace.write("themebox/" + name, name);
    }
    workspace.commit("1 Odd names", names.stream().map("themebox/"::concat).toList());

    assertThat(longest.getBytes(StandardCharsets.UTF_8)).hasSize(255);
    assertThat(workspace.list("themebox"))
        .extracting(Entry::name)
        .containsExactlyInAnyOrderElementsOf(names);
    assertThat(names)
        .allSatisfy(name -> assertThat(workspace.read("themebox/" + name)).isEqualTo(name));
    assertThat(new GitLog(workspace).status()).isEmpty();
  }

  @Test
  void saysThatANameIsTooLong() {
    assertCode(
        () -> workspace.write("themebox/" + "x".repeat(300), "x"),
        WorkspaceException.Code.NAME_TOO_LONG);
  }

  @Test
  void readsStrictlyAndWithinALimit() throws IOException {
    Files.write(folder.resolve("latin1"), "caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));
    Files.write(folder.resolve("zero"), new byte[] {'a', 0, 'b'});
    Files.write(folder.resolve("bom"), "\uFEFFabc".getBytes(StandardCharsets.UTF_8));

    assertThat(workspace.look("latin1", 100))
        .isEqualTo(new Reading.NotText("byte 3 is not valid UTF-8"));
    assertThat(workspace.look("zero", 100))
        .isEqualTo(new Reading.NotText("character 1 is a zero byte"));
    assertThat(workspace.look("bom", 100)).isEqualTo(new Reading.Text("abc"));
    assertThat(workspace.look("bom", 6)).isEqualTo(new Reading.Text("abc"));
    assertThat(workspace.look("bom", 5)).isEqualTo(new Reading.TooLarge(6, 5));
    assertThat(workspace.look("missing", 5)).isEqualTo(new Reading.Missing());
    assertThat(workspace.look("themebox", 5)).isEqualTo(new Reading.NotAFile());
    assertCode(() -> workspace.read("missing"), WorkspaceException.Code.NOT_FOUND);
    assertCode(() -> workspace.read("zero"), WorkspaceException.Code.NOT_TEXT);
    assertCode(() -> workspace.read("themebox"), WorkspaceException.Code.NOT_A_FILE);
    assertCode(() -> workspace.tryRead("bom", 5), WorkspaceException.Code.TOO_LARGE);
  }

  @Test
  void neverOpensAPipe() throws Exception {
    assertThat(new ProcessBuilder("mkfifo", folder.resolve("pipe").toString()).start().waitFor())
        .isZero();

    assertThat(workspace.look("pipe", 10)).isEqualTo(new Reading.NotAFile());
    assertThat(workspace.list("themebox")).isEmpty();
  }

  @Test
  void renamesWithoutEverReplacing() {
    workspace.write("themebox/a.md", "a");
    workspace.write("themebox/processed.a.md", "older");

    assertCode(
        () -> workspace.rename("themebox/a.md", "themebox/processed.a.md"),
        WorkspaceException.Code.ALREADY_THERE);
    workspace.rename("themebox/a.md", "themebox/processed.a_01.md");

    assertThat(workspace.read("themebox/processed.a.md")).isEqualTo("older");
    assertThat(workspace.read("themebox/processed.a_01.md")).isEqualTo("a");
    assertThat(workspace.exists("themebox/a.md")).isFalse();
    assertCode(
        () -> workspace.rename("themebox/a.md", "themebox/b.md"),
        WorkspaceException.Code.NOT_FOUND);
  }

  @Test
  void renamesALinkItselfNotWhatItPointsTo() throws IOException {
    Path secret = Files.writeString(temp.resolve("secret"), "s");
    Files.createSymbolicLink(folder.resolve("themebox/link.md"), secret);

    workspace.rename("themebox/link.md", "themebox/rejected.link.md");

    assertThat(secret).exists();
    assertThat(folder.resolve("themebox/rejected.link.md")).isSymbolicLink();
  }

  @Test
  void listsWhatIsThereWithoutFollowingLinks() throws IOException {
    workspace.write("themebox/a.md", "abc");
    Files.createSymbolicLink(folder.resolve("themebox/b.md"), temp);
    Files.createDirectory(folder.resolve("themebox/c"));

    assertThat(workspace.list("themebox"))
        .extracting(Entry::name, Entry::kind)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("a.md", Entry.Kind.FILE),
            org.assertj.core.groups.Tuple.tuple("b.md", Entry.Kind.LINK),
            org.assertj.core.groups.Tuple.tuple("c", Entry.Kind.FOLDER));
    assertThat(workspace.list("missing")).isEmpty();
  }

  @Test
  void leavesNoTemporaryFileWhenAWriteFails() {
    assertCode(() -> workspace.write("themebox", "x"), WorkspaceException.Code.NOT_A_FILE);
    assertCode(() -> workspace.write("SOUL.md/x", "x"), WorkspaceException.Code.NOT_A_FILE);

    assertThat(workspace.list("themebox")).isEmpty();
    assertThat(folder.toFile().list()).noneMatch(name -> name.startsWith(".kodo"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Main", "../x", "-a", "a/b", "a\n"})
  void refusesAgentIdsThatAreNoFolderNames(String agentId) {
    Workspaces all =
        new Workspaces(temp, new SettableClock("2026-11-21T10:00:00Z"), AuditTrail.NONE);

    assertCode(() -> all.of(agentId), WorkspaceException.Code.OUTSIDE);
  }

  static void assertCode(Runnable action, WorkspaceException.Code code) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(
            WorkspaceException.class,
            failure -> {
              assertThat(failure.code()).as(failure.reason()).isEqualTo(code);
              assertThat(failure.reason()).hasSizeLessThanOrEqualTo(400).endsWith(".");
            });
  }
}
