package dev.kodo.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kodo.audit.AuditTrail;
import dev.kodo.process.ErrorCode;
import dev.kodo.testing.SettableClock;
import dev.kodo.worker.JobFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceUnwritableTest {
  @TempDir Path temp;
  private Runnable undo = () -> {};

  @AfterEach
  void undo() {
    undo.run();
  }

  @Test
  void saysThatTheWorkspaceIsReadOnlyAndKeepsTheOldFile() throws Exception {
    Workspace workspace = workspace(temp);
    workspace.write("projects/a.md", "old");
    makeReadOnly(workspace.folder().resolve("projects"));

    assertThatThrownBy(() -> workspace.write("projects/a.md", "new"))
        .isInstanceOfSatisfying(
            WorkspaceException.class,
            failure -> {
              assertThat(failure.code()).isEqualTo(WorkspaceException.Code.READ_ONLY);
              assertThat(failure.meaning())
                  .isEqualTo(new JobFailure.Meaning.Retry(ErrorCode.WORKSPACE_UNWRITABLE));
              assertThat(failure.reason())
                  .startsWith("Could not write projects/a.md: there is no permission")
                  .endsWith("check owner, mode and mount of the folder.");
            });
    WorkspaceFilesTest.assertCode(
        () -> workspace.rename("projects/a.md", "projects/b.md"),
        WorkspaceException.Code.READ_ONLY);
    assertThat(workspace.read("projects/a.md")).isEqualTo("old");
  }

  @Test
  void saysThatGitMayNotWrite() throws Exception {
    Workspace workspace = workspace(temp);
    workspace.write("projects/a.md", "text");
    makeReadOnly(workspace.folder().resolve(".git"));

    WorkspaceFilesTest.assertCode(
        () -> workspace.commit("1 Write a", List.of("projects/a.md")),
        WorkspaceException.Code.READ_ONLY);
  }

  @Test
  void saysThatAFileStandsWhereTheWorkspaceBelongs() throws IOException {
    Path file = Files.writeString(temp.resolve("file"), "in the way");
    Workspace blocked =
        new Workspaces(file, new SettableClock("2026-11-21T10:00:00Z"), AuditTrail.NONE).of("main");

    WorkspaceFilesTest.assertCode(blocked::prepare, WorkspaceException.Code.NOT_A_FILE);
  }

  @Test
  void saysThatTheWorkspaceIsGone() {
    Workspace missing =
        new Workspaces(temp, new SettableClock("2026-11-21T10:00:00Z"), AuditTrail.NONE).of("main");

    WorkspaceFilesTest.assertCode(
        () -> missing.write("a.md", "a"), WorkspaceException.Code.NOT_FOUND);
  }

  @Test
  void saysThatTheDiskIsFullAndGoesOnWhenThereIsSpaceAgain() throws Exception {
    Path disk = Files.createDirectory(temp.resolve("disk"));
    boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString());
    assumeTrue(mounted, "SKIPPED: a small tmpfs may not be mounted here, so no disk can be filled");
    undo = () -> run("umount", disk.toString());
    Workspace workspace = workspace(disk);
    workspace.write("projects/a.md", "old");
    fill(disk.resolve("filler"));

    WorkspaceFilesTest.assertCode(
        () -> workspace.write("projects/a.md", "n".repeat(100_000)),
        WorkspaceException.Code.DISK_FULL);
    assertThat(workspace.read("projects/a.md")).isEqualTo("old");
    assertThat(workspace.list("projects")).hasSize(1);
    WorkspaceFilesTest.assertCode(
        () -> workspace.commit("1 Write a", List.of("projects/a.md")),
        WorkspaceException.Code.DISK_FULL);

    Files.delete(disk.resolve("filler"));
    workspace.write("projects/a.md", "new");
    assertThat(workspace.commit("1 Write a", List.of("projects/a.md"))).isTrue();
    assertThat(new GitLog(workspace).status()).isEmpty();
  }

  private static Workspace workspace(Path root) {
    Workspace workspace =
        new Workspaces(root, new SettableClock("2026-11-21T10:00:00Z"), AuditTrail.NONE).of("main");
    workspace.prepare();
    return workspace;
  }

  private static void fill(Path file) throws IOException {
    try (var out = Files.newOutputStream(file)) {
      byte[] block = new byte[512];
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
  }

  /** Root may write into a folder without the write bit, but not into an immutable one. */
  private void makeReadOnly(Path folder) throws IOException {
    if (run("chattr", "+i", folder.toString())) {
      undo = () -> run("chattr", "-i", folder.toString());
      return;
    }
    assertThat(folder.toFile().setWritable(false)).isTrue();
    undo = () -> assertThat(folder.toFile().setWritable(true)).isTrue();
    assumeTrue(
        !Files.isWritable(folder),
        "SKIPPED: running as root where chattr +i is not permitted, so no folder can be read-only");
  }

  private static boolean run(String... command) {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException missing) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
