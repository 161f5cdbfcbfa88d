package dev.kodo.theme;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kodo.audit.AuditTrail;
import dev.kodo.config.KodoProperties;
import dev.kodo.model.Scripted;
import dev.kodo.testing.SettableClock;
import dev.kodo.testing.TestDatabase;
import dev.kodo.worker.JobRun;
import dev.kodo.worker.JobRuns;
import dev.kodo.worker.JobStep;
import dev.kodo.workspace.Workspace;
import dev.kodo.workspace.Workspaces;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** The theme feature on a real database and a real folder, with a scripted model. */
final class ThemeFixture {
  static final String BEAT = "20261121100000";

  private static final TestDatabase DATABASE = TestDatabase.fresh();

  final SettableClock clock = new SettableClock("2026-11-21T10:00:00Z");
  final TestDatabase database = DATABASE;
  final JobRuns runs = new JobRuns(database, clock, new ObjectMapper());
  final Scripted model = new Scripted();
  final Workspace workspace;
  final Themes themes;
  final PersonFirst personFirst;
  private final ThemeWorker worker;

  ThemeFixture(Path folder) {
    database.jdbc().sql("truncate theme, effect").update();
    Workspaces workspaces = new Workspaces(folder, clock, AuditTrail.NONE);
    workspace = workspaces.of("main");
    workspace.prepare();
    themes = new Themes(database.jdbc(), workspaces, clock);
    Themebox themebox =
        new Themebox(
            new KodoProperties.Theme(DataSize.ofKilobytes(10), Duration.ofSeconds(3)), clock);
    personFirst = new PersonFirst(themebox, workspaces);
    ThemeStart start = new ThemeStart(workspaces, themes, themebox, new Patience(clock), clock);
    worker =
        new ThemeWorker(
            themes,
            start,
            new ThemePause(workspaces, themes, start, clock),
            new OwnTheme(workspaces, themes, model),
            new ExpertContext(workspaces, model),
            new ThemeEnd(workspaces, themes, model, clock));
  }

  /** Puts a file into the themebox that changed {@code secondsAgo}. */
  Path drop(String name, String text, int secondsAgo) {
    return drop(name, text.getBytes(StandardCharsets.UTF_8), secondsAgo);
  }

  Path drop(String name, byte[] content, int secondsAgo) {
    try {
      Path file = Files.write(box().resolve(name), content);
      Files.setLastModifiedTime(file, FileTime.from(clock.instant().minusSeconds(secondsAgo)));
      return file;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  Path box() {
    return workspace.folder().resolve("themebox");
  }

  ThemeWorker.Picked pick(String beat) {
    return pick(beat, runs.first("theme-pick"));
  }

  ThemeWorker.Picked pick(String beat, JobRun run) {
    return run("theme-pick", new ThemeWorker.Beat("main", beat), ThemeWorker.Picked.class, run);
  }

  ThemeWorker.Chosen chooseOwn(String beat, JobRun run) {
    return run(
        "theme-choose-own", new ThemeWorker.Beat("main", beat), ThemeWorker.Chosen.class, run);
  }

  ThemeWorker.Started start(String beat, String file, JobRun run) {
    return run(
        "theme-record-start",
        new ThemeWorker.BeatOnFile("main", beat, file),
        ThemeWorker.Started.class,
        run);
  }

  ThemeWorker.Started resume(String beat, String pausedThemeId, JobRun run) {
    return run(
        "theme-resume",
        new ThemeWorker.BeatOnPaused("main", beat, pausedThemeId),
        ThemeWorker.Started.class,
        run);
  }

  /** Starts a theme from a file, as one beat does. */
  Theme started(String beat, String name, String text) {
    drop(name, text, 60);
    start(beat, "themebox/" + name, runs.first("theme-record-start"));
    return themes.current("main").orElseThrow();
  }

  <O> O onTheme(String jobType, String beat, String themeId, Class<O> output, JobRun run) {
    return run(jobType, new ThemeWorker.BeatOnTheme("main", beat, themeId), output, run);
  }

  ThemeWorker.Written withoutContext(
      String beat, String themeId, @Nullable String code, @Nullable String message) {
    return run(
        "theme-plain-context",
        new ThemeWorker.BeatWithoutContext("main", beat, themeId, code, message),
        ThemeWorker.Written.class,
        runs.first("theme-plain-context"));
  }

  private <O> O run(String jobType, Record input, Class<O> output, JobRun run) {
    return worker.steps().stream()
        .filter(step -> step.type().equals(jobType))
        .map(step -> output.cast(work(step, input, run)))
        .findFirst()
        .orElseThrow();
  }

  private static <I, O> O work(JobStep<I, O> step, Object input, JobRun run) {
    return step.work().run(step.input().cast(input), run);
  }
}
