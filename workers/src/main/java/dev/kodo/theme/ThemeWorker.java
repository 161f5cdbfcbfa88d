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

/** The job types of the processes {@code theme-start} and {@code theme-end}. */
@Component
class ThemeWorker implements JobSteps {
  private static final Set<ErrorCode> WRITES = Set.of(ErrorCode.WORKSPACE_UNWRITABLE);

  private final Themes themes;
  private final ThemeStart start;
  private final OwnTheme ownTheme;
  private final ExpertContext expertContext;
  private final ThemeEnd end;

  ThemeWorker(
      Themes themes,
      ThemeStart start,
      OwnTheme ownTheme,
      ExpertContext expertContext,
      ThemeEnd end) {
    this.themes = themes;
    this.start = start;
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

  record Picked(boolean themeFound, @Nullable String themeFile) {}

  record Chosen(String themeFile) {}

  record Started(String themeId) {}

  record Written(String artifactPath) {}

  @Override
  public List<JobStep<?, ?>> steps() {
    return List.of(
        new JobStep<>(
            "theme-pick",
            "Pick theme",
            "Takes the oldest file of the themebox that can be a theme; renames those that cannot.",
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
            "Writes a general expert context into contexts/ when the model could not be asked.",
            BeatOnTheme.class,
            Written.class,
            WRITES,
            (in, run) ->
                done(
                    run,
                    new Written(expertContext.setPlain(in.heartbeatId(), theme(in, run), run)))),
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
    return themes
        .find(run.agentId(), in.themeId())
        .orElseThrow(
            () ->
                JobFailure.retry(
                    "Expected the theme %s of %s but there is none. Check the variable themeId."
                        .formatted(in.themeId(), run.agentId()),
                    null));
  }

  private static <T> T done(JobRun run, T output) {
    return run.commit(() -> output);
  }
}
