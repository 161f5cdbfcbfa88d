package dev.kodo.heartbeat;

import dev.kodo.model.Answer;
import dev.kodo.model.ModelPort;
import dev.kodo.model.Purpose;
import dev.kodo.model.Question;
import dev.kodo.theme.Artifact;
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
    Answer<ActivityWork> answer =
        model.ask(
            run,
            new Question<>(
                ActivityWork.contract(purpose(activity)),
                input.heartbeatId(),
                instruction(activity),
                material.of(theme)));
    ActivityWork work = answer.value();
    String path = artifact(activity, input, theme, answer, run);
    return run.commit(
        () -> {
          beats.addToSummary(input.agentId(), input.heartbeatId(), work.summary());
          record.recordPiece(
              input.agentId(),
              input.heartbeatId(),
              answer.cut() == null ? null : answer.cut().word(),
              path == null);
          return new Worked(path);
        });
  }

  /**
   * Writes the artifact. An answer with a title and no body is a promise without work: the path is
   * promised, nothing is written, and the completion contract finds out.
   */
  private @Nullable String artifact(
      Activity activity, Work input, Theme theme, Answer<ActivityWork> answer, JobRun run) {
    ActivityWork work = answer.value();
    if (work.heading().isEmpty()) {
      return null;
    }
    String path =
        theme.folder()
            + "/"
            + input.heartbeatId()
            + "_"
            + FileName.slug(work.heading(), activity.id())
            + ".md";
    if (work.text().isEmpty()) {
      return path;
    }
    FrontMatter head =
        Artifact.head(run, input.heartbeatId(), activity.id(), theme.id(), answer.use());
    String body = "# " + work.heading() + "\n\n" + work.text();
    return new Artifact(path, head, body)
        .save(run, workspaces.of(input.agentId()), activity.id() + ": " + work.heading());
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

  private static String instruction(Activity activity) {
    String task =
        switch (activity) {
          case THINK ->
              """
              Think one step further about the theme. Take up what earlier beats left open, follow one line of thought to
              a point that was not there before, and say what it means and what stays open.
              """;
          case OBSERVE ->
              """
              Observe. Look at the material above (the theme, earlier artifacts, recent beats) and collect what is there:
              facts, patterns, changes, contradictions. Keep what you saw apart from what you conclude. Do not invent
              sources; nothing outside the material was looked up.
              """;
          case CREATE ->
              """
              Create something new out of the theme and the earlier artifacts: a story, a design, a scenario, a set of
              questions, a piece of code, whatever serves the theme best. It has to be usable as it stands.
              """;
          case OTHER ->
              """
              Do one useful thing for the theme that is not thinking, observing, creating or introspecting, for example
              tidying what has been written, or preparing the next beats. Say what it is.
              """;
          case THEME_START, THEME_END, THEME_PAUSE, INTROSPECT ->
              throw new IllegalArgumentException(
                  "Expected an activity of one step but got " + activity);
        };
    return task
        + """

        One small, finished step is enough: the next heartbeat goes on from it. Work from the viewpoint of the expert
        context if there is one; the rules come before it. Write in the language of the theme.
        The title is short and names the result, the summary tells in one or two sentences what was done, the body is the
        artifact in Markdown. If there is nothing worth keeping, leave title and body empty and say so in the summary.
        """;
  }
}
