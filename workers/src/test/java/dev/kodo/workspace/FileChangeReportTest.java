package dev.kodo.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kodo.audit.AuditEntry;
import dev.kodo.testing.SettableClock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class FileChangeReportTest {
  @TempDir private Path temp;
  private final List<AuditEntry> entries = new ArrayList<>();
  private boolean crashing;
  private Workspace workspace;

  @BeforeEach
  void prepare() {
    Workspaces workspaces =
        new Workspaces(
            temp,
            new SettableClock("2026-11-21T10:00:00Z"),
            entry -> {
              if (crashing) {
                throw new IllegalStateException("crashed");
              }
              entries.add(entry);
            });
    workspace = workspaces.of("main");
    workspace.prepare();
  }

  private void write(String path, String message) {
    workspace.write(path, message);
    workspace.commit(message, List.of(path));
  }

  @Test
  void reportsEachCommitOnce() {
    write("artifacts/a b.md", "20261121100000 think");
    workspace.commit("20261121100000 think", List.of("artifacts/a b.md"));

    assertThat(entries)
        .extracting(AuditEntry::subject)
        .containsExactly("Prepare the workspace of main", "20261121100000 think");
    AuditEntry last = entries.getLast();
    assertThat(last.kind()).isEqualTo(AuditEntry.Kind.FILE_CHANGE);
    assertThat(last.agentId()).isEqualTo("main");
    assertThat(last.heartbeatId()).isEqualTo("20261121100000");
    assertThat(last.detail())
        .containsEntry("file 1", "artifacts/a b.md")
        .containsEntry("commit", new GitLog(workspace).must("rev-parse", "HEAD"));
    assertThat(last.detail()).hasSize(2);
  }

  @Test
  void reportsWhatABodyThatCrashedCouldNot() {
    crashing = true;
    try {
      write("artifacts/a.md", "20261121100000 lost");
    } catch (IllegalStateException crash) {
      // As if the body had been killed between the commit and the report.
    }
    crashing = false;

    workspace.commit("20261121100000 lost", List.of("artifacts/a.md"));

    assertThat(entries)
        .extracting(AuditEntry::subject)
        .containsExactly("Prepare the workspace of main", "20261121100000 lost");
  }

  @Test
  void reportsThePersonsCommitsToo() {
    GitLog git = new GitLog(workspace);
    workspace.write("SOUL.md", "mine\n");
    git.must("add", "SOUL.md");
    git.must("commit", "--quiet", "-m", "My own words");

    write("artifacts/b.md", "20261121103000 create");

    assertThat(entries)
        .extracting(AuditEntry::subject)
        .containsExactly("Prepare the workspace of main", "My own words", "20261121103000 create");
    assertThat(entries.get(1).heartbeatId()).isNull();
    assertThat(entries.get(1).detail()).containsEntry("file 1", "SOUL.md");
  }

  @Test
  void reportsManyCommitsWithHostileWords() {
    GitLog git = new GitLog(workspace);
    for (int i = 0; i < 120; i++) {
      git.must("commit", "--quiet", "--allow-empty", "-m", "\u0001\u0002 number " + i);
    }

    write("artifacts/\u0001.md", "20261121103000 create");

    assertThat(entries).hasSize(122);
    assertThat(entries.get(120).subject()).contains("number 119");
    assertThat(entries.getLast().detail()).containsEntry("file 1", "artifacts/\u0001.md");
  }

  @Test
  void countsTheFilesOfALargeCommit() {
    List<String> paths = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      String path = "projects/%02d.md".formatted(i);
      workspace.write(path, "x");
      paths.add(path);
    }

    workspace.commit("Many", paths);

    assertThat(entries.getLast().detail())
        .hasSize(12)
        .containsEntry("file 10", "projects/09.md")
        .containsEntry("files", "30");
  }
}
