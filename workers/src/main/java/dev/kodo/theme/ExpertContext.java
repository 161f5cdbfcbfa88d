package dev.kodo.theme;

import dev.kodo.model.Answer;
import dev.kodo.model.ModelPort;
import dev.kodo.model.Question;
import dev.kodo.model.Section;
import dev.kodo.worker.JobRun;
import dev.kodo.workspace.Workspaces;
import java.util.List;
import org.springframework.stereotype.Component;

/** Sets the point of view from which a theme is worked on, one expert compared with several. */
@Component
class ExpertContext {
  /** Heading of what led to the context, in a context's file; for people, not for later work. */
  static final String COMPARISON = "One expert or several";

  private static final int LONGEST_THEME = 30_000;
  private final Workspaces workspaces;
  private final ModelPort model;

  ExpertContext(Workspaces workspaces, ModelPort model) {
    this.workspaces = workspaces;
    this.model = model;
  }

  /** Path of the context that was written. */
  String set(String heartbeatId, Theme theme, JobRun run) {
    Answer<ExpertContextAnswer> answer = model.ask(run, question(heartbeatId, theme));
    ExpertContextAnswer context = answer.value();
    return new Artifact(
            path(heartbeatId, theme),
            CutMark.on(
                Artifact.head(run, heartbeatId, "theme-start", theme.id(), answer.use())
                    .with("arrangement", context.arrangement())
                    .with("expert", context.expert()),
                answer.cut()),
            "# %s\n\n%s\n\n## %s\n\n%s"
                .formatted(
                    context.expert(),
                    CutMark.below(context.body(), answer.cut()),
                    COMPARISON,
                    context.comparison()))
        .save(run, workspaces.of(theme.agentId()), "Set the expert context");
  }

  /**
   * Path of a context of our own, for a theme that begins without an answer of the model.
   *
   * @param why what happened instead, as a sentence
   */
  String setPlain(String heartbeatId, Theme theme, String why, JobRun run) {
    return new Artifact(
            path(heartbeatId, theme),
            Artifact.headWithoutModel(run, heartbeatId, "theme-start", theme.id())
                .with("arrangement", "one-expert")
                .with("expert", PlainContext.EXPERT)
                .with("note", "This context is a general one. " + why),
            PlainContext.of(theme.title() + "\n" + theme.brief(), why))
        .save(run, workspaces.of(theme.agentId()), "Set a plain expert context");
  }

  private static String path(String heartbeatId, Theme theme) {
    return theme.folder() + "/contexts/" + heartbeatId + ".md";
  }

  private static Question<ExpertContextAnswer> question(String heartbeatId, Theme theme) {
    return new Question<>(
            ExpertContextAnswer.CONTRACT,
            heartbeatId,
            ExpertContextAnswer.CONTRACT.words(),
            List.of(new Section("Theme", theme.material(LONGEST_THEME), Section.Kind.THEME)))
        .offering("arrangement", ExpertContextAnswer.ARRANGEMENTS);
  }
}
