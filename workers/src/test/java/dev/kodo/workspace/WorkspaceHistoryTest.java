package dev.kodo.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kodo.audit.AuditTrail;
import dev.kodo.testing.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceHistoryTest {
  static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  @TempDir Path temp;
  Workspace workspace;
  GitLog git;

  @BeforeEach
  void prepare() {
    workspace = new Workspaces(temp, new SettableClock(NOW.toString()), AuditTrail.NONE).of("main");
    workspace.prepare();
    git = new GitLog(workspace);
  }

  @Test
  void preparesTheTreeOnce() {
    workspace.prepare();

    assertThat(git.subjects()).containsExactly("Prepare the workspace of main");
    assertThat(git.files()).containsExactlyInAnyOrder("AGENTS.md", "HEARTBEAT.md", "SOUL.md");
    assertThat(workspace.folder().toFile().list())
        .contains("themebox", "feedbackbox", "artifacts", "projects", "daily");
    assertThat(git.status()).isEmpty();
  }

  @Test
  void keepsWhatAPersonWroteWhenPreparingAgain() {
    workspace.write("SOUL.md", "mine");

    workspace.prepare();

    assertThat(workspace.read("SOUL.md")).isEqualTo("mine");
    assertThat(git.status()).containsExactly(" M SOUL.md");
  }

  @Test
  void finishesAPreparationThatWasKilled() throws IOException {
    Path half = temp.resolve("other");
    Files.createDirectories(half.resolve(".git/refs"));
    Files.writeString(half.resolve("SOUL.md"), "mine");
    Workspace other =
        new Workspaces(temp, new SettableClock(NOW.toString()), AuditTrail.NONE).of("other");

    other.prepare();

    assertThat(new GitLog(other).files())
        .containsExactlyInAnyOrder("AGENTS.md", "HEARTBEAT.md", "SOUL.md");
    assertThat(other.read("SOUL.md")).isEqualTo("mine");
  }

  @Test
  void leavesOneFileAndOneCommitHoweverOftenItIsRepeated() {
    for (int delivery = 0; delivery < 3; delivery++) {
      workspace.write("projects/a.md", "text");
      workspace.commit("20261121100000 Write a", List.of("projects/a.md"));
    }

    assertThat(git.subjects())
        .containsExactly("20261121100000 Write a", "Prepare the workspace of main");
    assertThat(git.must("log", "-1", "--format=%an %cn %cI"))
        .isEqualTo("Kodo Kodo 2026-11-21T10:00:00+00:00");
    assertThat(workspace.list("projects")).hasSize(1);
    assertThat(git.status()).isEmpty();
  }

  @Test
  void finishesACommitThatWasKilledAfterStaging() {
    workspace.write("projects/a.md", "text");
    git.must("add", "projects/a.md");

    boolean committed = workspace.commit("1 Write a", List.of("projects/a.md"));

    assertThat(committed).isTrue();
    assertThat(git.status()).isEmpty();
  }

  @Test
  void commitsOnlyTheNamedPathsAndLeavesAPersonsChangesAlone() {
    workspace.write("projects/staged.md", "theirs");
    git.must("add", "projects/staged.md");
    workspace.write("AGENTS.md", "edited by a person");
    workspace.write("projects/a.md", "ours");

    workspace.commit("1 Write a", List.of("projects/a.md"));

    assertThat(git.must("show", "--format=", "--name-only", "HEAD")).isEqualTo("projects/a.md");
    assertThat(git.status()).containsExactly(" M AGENTS.md", "A  projects/staged.md");
  }

  @Test
  void commitsARenameOfACommittedAndOfAnUnknownFile() {
    workspace.write("themebox/known.md", "k");
    workspace.commit("1 Known", List.of("themebox/known.md"));
    workspace.write("themebox/unknown.md", "u");
    workspace.rename("themebox/known.md", "themebox/processed.known.md");
    workspace.rename("themebox/unknown.md", "themebox/processed.unknown.md");

    boolean committed =
        workspace.commit(
            "2 Rename",
            List.of(
                "themebox/known.md",
                "themebox/processed.known.md",
                "themebox/unknown.md",
                "themebox/processed.unknown.md"));

    assertThat(committed).isTrue();
    assertThat(git.files())
        .contains("themebox/processed.known.md", "themebox/processed.unknown.md")
        .doesNotContain("themebox/known.md");
    assertThat(git.status()).isEmpty();
  }

  @Test
  void commitsInTheMiddleOfAPersonsMerge() {
    workspace.write("projects/a.md", "base\n");
    workspace.commit("1 Base", List.of("projects/a.md"));
    git.must("checkout", "-q", "-b", "side");
    workspace.write("projects/a.md", "side\n");
    workspace.commit("2 Side", List.of("projects/a.md"));
    git.must("checkout", "-q", "main");
    workspace.write("projects/a.md", "main\n");
    workspace.commit("3 Main", List.of("projects/a.md"));
    assertThat(new Git(workspace.folder()).run(java.util.Map.of(), "", "merge", "side").exit())
        .isNotZero();

    workspace.write("projects/b.md", "beat");
    workspace.commit("4 Beat", List.of("projects/b.md"));

    assertThat(git.must("show", "--format=", "--name-only", "HEAD")).isEqualTo("projects/b.md");
    assertThat(git.status()).containsExactly("UU projects/a.md");
  }

  @Test
  void runsNoHookNoSigningAndNoFilterOfTheUser() throws IOException {
    Path hook = workspace.folder().resolve(".git/hooks/reference-transaction");
    Files.createDirectories(hook.getParent());
    Files.writeString(hook, "#!/bin/sh\ntouch '" + temp.resolve("hooked") + "'\n");
    assertThat(hook.toFile().setExecutable(true)).isTrue();
    git.must("config", "commit.gpgSign", "true");
    git.must("config", "core.fsmonitor", "touch '" + temp.resolve("monitored") + "'");
    workspace.write("projects/a.md", "a");

    workspace.commit("1 Write a", List.of("projects/a.md"));

    assertThat(temp.resolve("hooked")).doesNotExist();
    assertThat(temp.resolve("monitored")).doesNotExist();
  }

  @Test
  void removesALockThatAKilledGitLeftButNotAYoungOne() throws IOException {
    Path lock = Files.createFile(workspace.folder().resolve(".git/index.lock"));
    workspace.write("projects/a.md", "a");

    Files.setLastModifiedTime(lock, FileTime.from(NOW.minusSeconds(2)));
    WorkspaceFilesTest.assertCode(
        () -> workspace.commit("1 Write a", List.of("projects/a.md")),
        WorkspaceException.Code.GIT_FAILED);
    Files.setLastModifiedTime(lock, FileTime.from(NOW.minusSeconds(60)));
    boolean committed = workspace.commit("1 Write a", List.of("projects/a.md"));

    assertThat(committed).isTrue();
    assertThat(lock).doesNotExist();
  }

  @Test
  void keepsAnOldLockWhileSomebodysGitIsAtWorkThere() throws Exception {
    Path lock = Files.createFile(workspace.folder().resolve(".git/index.lock"));
    Files.setLastModifiedTime(lock, FileTime.from(NOW.minusSeconds(60)));
    workspace.write("projects/a.md", "a");
    Process person =
        new ProcessBuilder("git", "cat-file", "--batch")
            .directory(workspace.folder().toFile())
            .start();
    try {
      WorkspaceFilesTest.assertCode(
          () -> workspace.commit("1 Write a", List.of("projects/a.md")),
          WorkspaceException.Code.GIT_FAILED);
      assertThat(lock).exists();
    } finally {
      person.destroy();
      person.waitFor();
    }
  }

  @Test
  void removesHalfWrittenFilesOfAKilledBodyWhenPreparing() throws IOException {
    Path old = Files.writeString(workspace.folder().resolve("artifacts/.kodo-1.tmp"), "ha");
    Files.setLastModifiedTime(old, FileTime.from(NOW.minusSeconds(600)));
    Path young = Files.writeString(workspace.folder().resolve("artifacts/.kodo-2.tmp"), "ha");
    Files.setLastModifiedTime(young, FileTime.from(NOW.minusSeconds(1)));

    workspace.prepare();

    assertThat(old).doesNotExist();
    assertThat(young).exists();
    assertThat(git.status()).isEmpty();
  }

  @Test
  void neverUsesARepositoryAboveTheWorkspace() throws Exception {
    Path above = Files.createDirectory(temp.resolve("above"));
    assertThat(new ProcessBuilder("git", "init", "-q", above.toString()).start().waitFor())
        .isZero();
    Workspace nested =
        new Workspaces(above.resolve("ws"), new SettableClock(NOW.toString()), AuditTrail.NONE)
            .of("main");

    nested.prepare();

    assertThat(above.resolve("ws/main/.git/HEAD")).exists();
  }
}
