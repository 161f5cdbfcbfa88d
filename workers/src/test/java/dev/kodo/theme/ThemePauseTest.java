package dev.kodo.theme;

import static dev.kodo.theme.ThemeFixture.BEAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kodo.worker.JobFailure;
import dev.kodo.worker.JobRun;
import dev.kodo.worker.Nothing;
import dev.kodo.workspace.FrontMatter;
import dev.kodo.workspace.GitLog;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class ThemePauseTest {
  static final String LATER = "20261121113000";

  @TempDir Path temp;
  ThemeFixture feature;

  @BeforeEach
  void prepare() {
    feature = new ThemeFixture(temp);
  }

  @Test
  void waitsBehindAnOwnThemeOnlyWithAFileOfAPersonThatIsReady() {
    Theme own = ownTheme(BEAT, "Tea");
    assertThat(feature.personFirst.waitsBehind(own)).as("nothing in the box").isFalse();

    feature.drop("draft.bees.md", "# Bees", 60);
    feature.drop("processed.ants.md", "# Ants", 60);
    feature.drop("empty.md", "  ", 60);
    assertThat(feature.personFirst.waitsBehind(own)).as("nothing that can start").isFalse();

    chosenFile("20261121120000", "Coffee");
    assertThat(feature.personFirst.waitsBehind(own)).as("another own one").isFalse();

    feature.drop("bees.md", "# Bees", 1);
    assertThat(feature.personFirst.waitsBehind(own)).as("still being written").isFalse();

    feature.drop("bees.md", "# Bees", 60);
    assertThat(feature.personFirst.waitsBehind(own)).isTrue();
    assertThat(feature.box().resolve("empty.md")).as("only a look").exists();
  }

  @Test
  void neverWaitsBehindAPersonsTheme() {
    Theme running = feature.started(BEAT, "a.md", "# Rivers");
    feature.drop("bees.md", "# Bees", 60);

    assertThat(feature.personFirst.waitsBehind(running)).isFalse();
  }

  @Test
  void keepsIdContextAndFolderThroughAPause() {
    Theme own = ownTheme(BEAT, "Tea");
    feature.workspace.write(own.folder() + "/contexts/" + BEAT + ".md", "A tea master.");

    pause(BEAT, feature.runs.first("theme-record-pause"));
    assertThat(feature.themes.current("main")).isEmpty();
    assertThat(feature.themes.paused("main"))
        .containsExactly(new PausedTheme(own, feature.clock.instant()));

    feature.clock.advance(Duration.ofHours(1));
    assertThat(resume(BEAT, feature.runs.first("theme-resume")).themeId()).isEqualTo(BEAT);

    assertThat(feature.themes.current("main")).contains(own);
    assertThat(feature.themes.paused("main")).isEmpty();
    assertThat(feature.themes.latestExpertContext(own)).contains("A tea master.");
    FrontMatter history =
        FrontMatter.read(feature.workspace.read(own.folder() + "/theme.md")).head();
    assertThat(history.get("paused_at")).contains("2026-11-21T10:00:00Z");
    assertThat(history.get("resumed_at")).contains("2026-11-21T11:00:00Z");
    assertThat(new GitLog(feature.workspace).subjects())
        .containsSubsequence(LATER + " Resume the theme Tea", LATER + " Pause the theme Tea");
  }

  @Test
  void pausesAndResumesOnceHoweverOftenItIsDelivered() {
    ownTheme(BEAT, "Tea");
    JobRun pausing = feature.runs.first("theme-record-pause");
    pause(BEAT, pausing);
    forget();
    pause(BEAT, feature.runs.again(pausing));
    assertThat(feature.themes.paused("main")).hasSize(1);

    JobRun resuming = feature.runs.first("theme-resume");
    resume(BEAT, resuming);
    forget();
    resume(BEAT, feature.runs.again(resuming));
    assertThat(feature.themes.current("main")).map(Theme::id).contains(BEAT);
  }

  @Test
  void takesAPersonsFileThenTheOldestPausedThemeThenAnOwnFile() {
    ownTheme(BEAT, "Tea");
    pause(BEAT, feature.runs.first("theme-record-pause"));
    feature.clock.advance(Duration.ofHours(1));
    ownTheme("20261121110000", "Coffee");
    pause("20261121110000", feature.runs.first("theme-record-pause"));
    String ownFile = chosenFile("20261121120000", "Milk");
    feature.drop("bees.md", "# Bees", 10);

    assertThat(feature.pick(LATER))
        .isEqualTo(new ThemeWorker.Picked(true, "themebox/bees.md", null));

    feature.workspace.remove("themebox/bees.md");
    assertThat(feature.pick(LATER)).isEqualTo(new ThemeWorker.Picked(false, null, BEAT));

    resume(BEAT, feature.runs.first("theme-resume"));
    end(BEAT);
    assertThat(feature.pick(LATER))
        .isEqualTo(new ThemeWorker.Picked(false, null, "20261121110000"));

    resume("20261121110000", feature.runs.first("theme-resume"));
    end("20261121110000");
    assertThat(feature.pick(LATER)).isEqualTo(new ThemeWorker.Picked(true, ownFile, null));
  }

  @Test
  void refusesToResumeWhileAnotherThemeRuns() {
    ownTheme(BEAT, "Tea");
    pause(BEAT, feature.runs.first("theme-record-pause"));
    feature.started("20261121110000", "bees.md", "# Bees");

    assertThatThrownBy(() -> resume(BEAT, feature.runs.first("theme-resume")))
        .isInstanceOf(JobFailure.class)
        .hasMessageContaining("Bees");
    assertThat(feature.themes.paused("main")).hasSize(1);
  }

  @Test
  void takesAnOwnFileThatAPersonChangedForThePersons() {
    String file = chosenFile(BEAT, "Tea");
    assertThat(isOwn(file)).isTrue();
    String text = feature.workspace.read(file);

    feature.workspace.write(file, text.replace("\n", "\r\n") + "\n\n");
    assertThat(isOwn(file)).as("other line ends").isTrue();
    feature.workspace.write(file, text.replace("About tea.", "About tea. And milk."));
    assertThat(isOwn(file)).as("another text").isFalse();
    feature.workspace.write(file, text.replace("title: Tea", "title: Tea with milk"));
    assertThat(isOwn(file)).as("another title").isFalse();
    feature.workspace.write(file, text.replaceFirst("written: .*\n", ""));
    assertThat(isOwn(file)).as("of an earlier version").isTrue();
  }

  private boolean isOwn(String file) {
    return OwnMark.isOn(
        FrontMatter.read(feature.workspace.read(file)), file.substring(Themebox.FOLDER.length()));
  }

  /** A file that the agent wrote for a theme of its own, an hour ago. */
  private String chosenFile(String beat, String title) {
    feature.model.answers(new OwnThemeAnswer(title, "About tea."));
    String file = feature.chooseOwn(beat, feature.runs.first("theme-choose-own")).themeFile();
    feature.drop(file.substring(Themebox.FOLDER.length()), feature.workspace.read(file), 3600);
    return file;
  }

  private Theme ownTheme(String beat, String title) {
    feature.start(beat, chosenFile(beat, title), feature.runs.first("theme-record-start"));
    Theme theme = feature.themes.current("main").orElseThrow();
    assertThat(theme.source()).isEqualTo(Theme.Source.OWN);
    return theme;
  }

  private void pause(String theme, JobRun run) {
    feature.onTheme("theme-record-pause", LATER, theme, Nothing.class, run);
  }

  private ThemeWorker.Started resume(String theme, JobRun run) {
    return feature.resume(LATER, theme, run);
  }

  private void end(String theme) {
    feature.onTheme(
        "theme-record-end", LATER, theme, Nothing.class, feature.runs.first("theme-record-end"));
  }

  private void forget() {
    feature.database.jdbc().sql("delete from effect").update();
  }
}
