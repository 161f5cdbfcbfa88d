package dev.kodo.theme;

import static dev.kodo.theme.ThemeFixture.BEAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kodo.process.ErrorCode;
import dev.kodo.worker.JobFailure;
import dev.kodo.worker.JobRun;
import dev.kodo.workspace.GitLog;
import dev.kodo.workspace.WorkspaceException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class ThemeStartTest {
  static final String FOLDER = "artifacts/20261121100000_鼓動とリズム";

  @TempDir Path temp;
  ThemeFixture feature;
  GitLog git;

  @BeforeEach
  void prepare() {
    feature = new ThemeFixture(temp);
    git = new GitLog(feature.workspace);
  }

  @Test
  void makesAJapaneseFileTheRunningTheme() {
    Theme theme = feature.started(BEAT, "鼓動.md", "\uFEFF# 鼓動とリズム\n\n本文です。\n");

    assertThat(theme)
        .isEqualTo(
            new Theme(
                "main",
                BEAT,
                "鼓動とリズム",
                "鼓動とリズム",
                FOLDER,
                "# 鼓動とリズム\n\n本文です。",
                Theme.Source.THEMEBOX,
                feature.clock.instant()));
    assertThat(feature.workspace.read(FOLDER + "/theme.md"))
        .contains("theme: \"20261121100000\"", "source_file: \"themebox/鼓動.md\"", "本文です。");
    assertThat(feature.box().toFile().list()).containsExactly("processed.鼓動.md");
    assertThat(git.subjects().getFirst()).isEqualTo(BEAT + " Start the theme 鼓動とリズム");
    assertThat(git.status()).isEmpty();
    assertThat(feature.themes.artifacts(theme)).isEmpty();
  }

  @Test
  void neverReplacesAnEarlierProcessedFile() {
    feature.drop("processed.a.md", "older", 90);
    feature.started(BEAT, "a.md", "newer");

    assertThat(feature.workspace.read("themebox/processed.a.md")).isEqualTo("older");
    assertThat(feature.workspace.read("themebox/processed.a_01.md")).isEqualTo("newer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb.md", "🫀.md", "-rf.md"})
  void startsFromOddNames(String name) {
    Theme theme = feature.started(BEAT, name, "Text about\nnothing");

    assertThat(theme.folder()).isEqualTo("artifacts/20261121100000_text-about");
    assertThat(git.status()).isEmpty();
  }

  @Test
  void startsFromTheLongestName() {
    Theme theme = feature.started(BEAT, "長".repeat(84) + ".md", "!!!");

    assertThat(theme.name()).isEqualTo("長".repeat(60));
    assertThat(feature.box().toFile().list())
        .singleElement()
        .satisfies(name -> assertThat(name).startsWith("processed.長").endsWith(".md"));
  }

  /** What was done when the body was killed. */
  enum Killed {
    AFTER_THE_RECORD,
    AFTER_THE_RENAME,
    AFTER_STAGING,
    AFTER_THE_COMMIT
  }

  @ParameterizedTest
  @EnumSource
  void finishesAStartThatWasKilled(Killed killed) {
    JobRun run = killedStart(killed);

    ThemeWorker.Started started = feature.start(BEAT, "themebox/a.md", feature.runs.again(run));

    assertThat(started.themeId()).isEqualTo(BEAT);
    assertThat(feature.themes.current("main")).map(Theme::brief).contains("# A\n\ntext");
    assertThat(feature.box().toFile().list()).containsExactly("processed.a.md");
    assertThat(git.subjects())
        .containsExactly(BEAT + " Start the theme A", "Prepare the workspace of main");
    assertThat(git.status()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void losesNothingWhenTheBeatOfAKilledStartIsNeverResumed(Killed killed) {
    killedStart(killed);

    ThemeWorker.Picked picked = feature.pick("20261121103000");

    assertThat(picked.themeFile()).isEqualTo("themebox/a.md");
    assertThat(feature.workspace.read("themebox/a.md")).isEqualTo("# A\n\ntext\n");
    assertThat(feature.workspace.list("artifacts")).isEmpty();
    assertThat(feature.box().toFile().list()).containsExactly("a.md");
    assertThat(feature.themes.current("main")).isEmpty();
    feature.start("20261121103000", "themebox/a.md", feature.runs.first("theme-record-start"));
    assertThat(feature.themes.current("main")).map(Theme::id).contains("20261121103000");
    assertThat(git.status()).isEmpty();
  }

  @Test
  void writesTheBriefBackWhenSomebodyRemovedTheFileOfAKilledStart() throws Exception {
    killedStart(Killed.AFTER_THE_RENAME);
    java.nio.file.Files.delete(feature.box().resolve("processed.a.md"));

    feature.pick("20261121103000");

    assertThat(feature.workspace.read("themebox/a.md")).isEqualTo("# A\n\ntext");
  }

  @Test
  void neverTakesBackAThemeThatHasFilesOfItsOwn() {
    Theme theme = feature.started(BEAT, "a.md", "# A\n\ntext\n");
    feature.workspace.write(theme.folder() + "/contexts/" + BEAT + ".md", "expert");
    feature.database.jdbc().sql("delete from theme").update();

    feature.pick("20261121103000");

    assertThat(feature.workspace.exists(theme.folder() + "/theme.md")).isTrue();
    assertThat(feature.box().toFile().list()).containsExactly("processed.a.md");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "source_file: themebox/a.md\nprocessed_file: SOUL.md",
        "source_file: themebox/../x.md\nprocessed_file: themebox/processed.a.md"
      })
  void ignoresAHostileStartRecord(String head) {
    feature.workspace.write("artifacts/20261121090000_x/theme.md", "---\n" + head + "\n---\nx");
    feature.drop("processed.a.md", "a", 60);

    assertThat(feature.pick(BEAT).themeFound()).isFalse();
    assertThat(feature.workspace.exists("artifacts/20261121090000_x/theme.md")).isTrue();
    assertThat(feature.workspace.exists("SOUL.md")).isTrue();
  }

  @Test
  void refusesToStartWhileAnotherThemeRuns() {
    feature.started(BEAT, "a.md", "first");
    feature.drop("b.md", "second", 60);

    assertThatThrownBy(
            () ->
                feature.start(
                    "20261121103000", "themebox/b.md", feature.runs.first("theme-record-start")))
        .isInstanceOf(JobFailure.class)
        .hasMessageContaining("Expected no running theme but 'first' (20261121100000) runs.");
    assertThat(feature.box().resolve("b.md")).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"SOUL.md", "themebox/../SOUL.md", "themebox/", "/etc/passwd"})
  void refusesAFileThatIsNotInTheThemebox(String file) {
    assertThatThrownBy(() -> feature.start(BEAT, file, feature.runs.first("theme-record-start")))
        .isInstanceOfSatisfying(
            JobFailure.class,
            failure ->
                assertThat(failure.meaning())
                    .isEqualTo(new JobFailure.Meaning.Throw(ErrorCode.WORKSPACE_UNWRITABLE)));
    assertThat(feature.themes.current("main")).isEmpty();
  }

  @Test
  void saysThatThePickedFileIsGone() {
    assertThatThrownBy(
            () -> feature.start(BEAT, "themebox/a.md", feature.runs.first("theme-record-start")))
        .isInstanceOfSatisfying(
            WorkspaceException.class,
            failure -> assertThat(failure.code()).isEqualTo(WorkspaceException.Code.NOT_FOUND));
  }

  private JobRun killedStart(Killed killed) {
    feature.drop("a.md", "# A\n\ntext\n", 60);
    JobRun run = feature.runs.first("theme-record-start");
    feature.start(BEAT, "themebox/a.md", run);
    // Undo, step by step, what a body that was killed earlier would not have done.
    feature.database.jdbc().sql("delete from theme").update();
    feature.database.jdbc().sql("delete from effect").update();
    if (killed.compareTo(Killed.AFTER_THE_COMMIT) < 0) {
      git.must("reset", "--quiet", "--soft", "HEAD~1");
    }
    if (killed.compareTo(Killed.AFTER_STAGING) < 0) {
      git.must("reset", "--quiet");
    }
    if (killed.compareTo(Killed.AFTER_THE_RENAME) < 0) {
      feature.workspace.rename("themebox/processed.a.md", "themebox/a.md");
    }
    return run;
  }
}
