package dev.kodo.theme;

import dev.kodo.process.ErrorCode;
import dev.kodo.worker.JobFailure;
import dev.kodo.worker.JobRun;
import dev.kodo.worker.JobStep;
import dev.kodo.worker.JobSteps;
import dev.kodo.worker.Nothing;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The job types of the processes {@code theme-start}, {@code theme-pause}, {@code theme-end}. */
@Component
class ThemeWorker implements JobSteps {
  private static final Set<ErrorCode> WRITES = Set.of(ErrorCode.WORKSPACE_UNWRITABLE);

  private static final int LONGEST_REASON = 400;

  private final Themes themes;
  private final ThemeStart start;
  private final ThemePause pause;
  private final OwnTheme ownTheme;
  private final ExpertContext expertContext;
  private final ThemeEnd end;

  ThemeWorker(
      Themes themes,
      ThemeStart start,
      ThemePause pause,
      OwnTheme ownTheme,
      ExpertContext expertContext,
      ThemeEnd end) {
    this.themes = themes;
    this.start = start;
    this.pause = pause;
    this.ownTheme = ownTheme;
    this.expertContext = expertContext;
    this.end = end;
  }

  /** Variables of a job that needs no theme. */
  record Beat(String agentId, String heartbeatId) {
    Beat {
      BeatInput.id("heartbeatId", heartbeatId);
    }
  }

  /** Variables of a job on a file of the themebox. */
  record BeatOnFile(String agentId, String heartbeatId, String themeFile) {
    BeatOnFile {
      BeatInput.id("heartbeatId", heartbeatId);
    }
  }

  /** Variables of a job on a theme. */
  record BeatOnTheme(String agentId, String heartbeatId, String themeId) {
    BeatOnTheme {
      BeatInput.id("heartbeatId", heartbeatId);
      BeatInput.id("themeId", themeId);
    }
  }

  /** Variables of a job on a theme that was set aside. */
  record BeatOnPaused(String agentId, String heartbeatId, String pausedThemeId) {
    BeatOnPaused {
      BeatInput.id("heartbeatId", heartbeatId);
      BeatInput.id("pausedThemeId", pausedThemeId);
    }
  }

  /** Variables of the job that does without the model's expert context. */
  record BeatWithoutContext(
      String agentId,
      String heartbeatId,
      String themeId,
      @Nullable String errorCode,
      @Nullable String errorMessage) {
    BeatWithoutContext {
      BeatInput.id("heartbeatId", heartbeatId);
      BeatInput.id("themeId", themeId);
    }

    /** What happened, as a sentence of at most a few lines. */
    String why() {
      String told = errorMessage == null ? "The diagram did not say why." : errorMessage;
      String line = Excerpt.of(told.replaceAll("\\s+", " ").strip(), LONGEST_REASON);
      return errorCode == null ? line : "%s (%s)".formatted(line, errorCode);
    }
  }

  /**
   * What comes next.
   *
   * @param themeFound whether it is a file of the themebox
   * @param pausedThemeId the theme to take up again, null when it is a file or a new theme
   */
  record Picked(boolean themeFound, @Nullable String themeFile, @Nullable String pausedThemeId) {}

  record Chosen(String themeFile) {}

  record Started(String themeId) {}

  record Written(String artifactPath) {}

  @Override
  public List<JobStep<?, ?>> steps() {
    return List.of(
        new JobStep<>(
            "theme-pick",
            "Pick theme",
            "Takes a person's oldest file of the themebox, else a paused theme; renames files that cannot be themes.",
            Beat.class,
            Picked.class,
            WRITES,
            (in, run) -> start.pick(in.heartbeatId(), run)),
        new JobStep<>(
            "theme-choose-own",
            "Choose own theme",
            "Asks the model for a theme of the agent's own and puts it into the themebox.",
            Beat.class,
            Chosen.class,
            ErrorCode.OF_ASKING,
            (in, run) -> done(run, new Chosen(ownTheme.choose(in.heartbeatId(), run)))),
        new JobStep<>(
            "theme-record-start",
            "Record theme start",
            "Makes a themebox file the running theme: folder, mark on the file, row, git commit.",
            BeatOnFile.class,
            Started.class,
            WRITES,
            (in, run) -> start.start(in.heartbeatId(), in.themeFile(), run)),
        new JobStep<>(
            "theme-resume",
            "Resume theme",
            "Takes a paused theme up again, with its id, its expert context and its beats.",
            BeatOnPaused.class,
            Started.class,
            WRITES,
            (in, run) -> pause.resume(in.heartbeatId(), theme(in.pausedThemeId(), run), run)),
        new JobStep<>(
            "theme-record-pause",
            "Record theme pause",
            "Sets the running theme aside for one of a person.",
            BeatOnTheme.class,
            Nothing.class,
            WRITES,
            (in, run) -> pause.pause(in.heartbeatId(), theme(in, run), run)),
        new JobStep<>(
            "theme-expert-context",
            "Set expert context",
            "Asks the model whose point of view the theme needs and writes it into contexts/.",
            BeatOnTheme.class,
            Written.class,
            ErrorCode.OF_ASKING,
            (in, run) ->
                done(run, new Written(expertContext.set(in.heartbeatId(), theme(in, run), run)))),
        new JobStep<>(
            "theme-plain-context",
            "Set plain context",
            "Writes a general expert context into contexts/ when there is none of the model, and why.",
            BeatWithoutContext.class,
            Written.class,
            WRITES,
            (in, run) ->
                done(
                    run,
                    new Written(
                        expertContext.setPlain(
                            in.heartbeatId(), theme(in.themeId(), run), in.why(), run)))),
        new JobStep<>(
            "theme-summarize",
            "Summarize theme",
            "Asks the model what came of the theme and writes it as the theme's last artifact.",
            BeatOnTheme.class,
            Written.class,
            ErrorCode.OF_ASKING,
            (in, run) ->
                done(run, new Written(end.summarize(in.heartbeatId(), theme(in, run), run)))),
        new JobStep<>(
            "theme-record-end",
            "Record theme end",
            "Records that the theme has ended.",
            BeatOnTheme.class,
            Nothing.class,
            WRITES,
            (in, run) -> end.record(in.heartbeatId(), theme(in, run), run)));
  }

  private Theme theme(BeatOnTheme in, JobRun run) {
    return theme(in.themeId(), run);
  }

  private Theme theme(String themeId, JobRun run) {
    return themes
        .find(run.agentId(), themeId)
        .orElseThrow(
            () ->
                JobFailure.retry(
                    "Expected the theme %s of %s but there is none. Check the variable themeId."
                        .formatted(themeId, run.agentId()),
                    null));
  }

  private static <T> T done(JobRun run, T output) {
    return run.commit(() -> output);
  }
}
