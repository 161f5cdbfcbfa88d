package dev.kodo.heartbeat;

import dev.kodo.model.Answer;
import dev.kodo.model.Contract;
import dev.kodo.model.ModelPort;
import dev.kodo.model.Purpose;
import dev.kodo.model.Question;
import dev.kodo.theme.Artifact;
import dev.kodo.theme.CutMark;
import dev.kodo.theme.Theme;
import dev.kodo.theme.Themes;
import dev.kodo.worker.JobFailure;
import dev.kodo.worker.JobRun;
import dev.kodo.workspace.FileName;
import dev.kodo.workspace.FrontMatter;
import dev.kodo.workspace.Workspaces;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Thinks, observes, creates, or does something else: one model call and at most one artifact. */
@Component
class Working {
  private final ModelPort model;
  private final BeatMaterial material;
  private final BeatStore beats;
  private final BeatRecord record;
  private final Themes themes;
  private final Workspaces workspaces;

  Working(
      ModelPort model,
      BeatMaterial material,
      BeatStore beats,
      BeatRecord record,
      Themes themes,
      Workspaces workspaces) {
    this.model = model;
    this.material = material;
    this.beats = beats;
    this.record = record;
    this.themes = themes;
    this.workspaces = workspaces;
  }

  record Work(String agentId, String heartbeatId) {}

  record Worked(@Nullable String artifactPath) {}

  Worked work(Activity activity, Work input, JobRun run) {
    beats.requireOpen(input.agentId(), input.heartbeatId());
    Theme theme =
        themes
            .current(input.agentId())
            .orElseThrow(
                () ->
                    JobFailure.retry(
                        "Activity " + activity.id() + " needs a running theme, but none runs.",
                        null));
    Contract<ActivityWork> contract = ActivityWork.contract(purpose(activity));
    Answer<ActivityWork> answer =
        model.ask(
            run,
            new Question<>(contract, input.heartbeatId(), contract.words(), material.of(theme))
                .doubting(ActivityWork::doubt));
    ActivityWork work = answer.value();
    String path = artifact(activity, input, theme, answer, run);
    return run.commit(
        () -> {
          beats.addToSummary(
              input.agentId(),
              input.heartbeatId(),
              work.summary() + CutMark.sentence(answer.cut()));
          record.recordPiece(
              input.agentId(),
              input.heartbeatId(),
              answer.cut() == null ? null : answer.cut().word(),
              work.nothingKept());
          return new Worked(path);
        });
  }

  /** Writes the piece; null when the model said that nothing was worth keeping. */
  private @Nullable String artifact(
      Activity activity, Work input, Theme theme, Answer<ActivityWork> answer, JobRun run) {
    ActivityWork work = answer.value();
    if (work.nothingKept()) {
      return null;
    }
    String path =
        theme.folder()
            + "/"
            + input.heartbeatId()
            + "_"
            + FileName.slug(work.title(), activity.id())
            + ".md";
    FrontMatter head =
        CutMark.on(
            Artifact.head(run, input.heartbeatId(), activity.id(), theme.id(), answer.use()),
            answer.cut());
    String body = "# " + work.title() + "\n\n" + CutMark.below(work.body(), answer.cut());
    return new Artifact(path, head, body)
        .save(run, workspaces.of(input.agentId()), activity.id() + ": " + work.title());
  }

  private static Purpose purpose(Activity activity) {
    return switch (activity) {
      case THINK -> Purpose.THINK;
      case OBSERVE -> Purpose.OBSERVE;
      case CREATE -> Purpose.CREATE;
      case OTHER -> Purpose.OTHER;
      case THEME_START, THEME_END, THEME_PAUSE, INTROSPECT ->
          throw new IllegalArgumentException(
              "Expected an activity of one step but got " + activity);
    };
  }
}
