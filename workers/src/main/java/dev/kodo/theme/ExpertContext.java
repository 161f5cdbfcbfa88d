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
  private static final String INSTRUCTION =
      """
      A new theme begins. Decide from whose point of view it is worked on in the coming beats.

      Compare two arrangements: one expert who does everything, and several experts who each take a
      part that can be worked on alone, led by one of them. Judge both by quality, depth of
      knowledge, originality, effort and risk. That the parts belong closely together is not enough
      reason for one expert. Then take the better one for this theme.

      - 'arrangement': one-expert or several-experts.
      - 'comparison': the five points for both, and the reason for the choice. Markdown, short.
      - 'expert': who the expert is, in one line; with several, the one who leads.
      - 'body': how this expert works on the theme: what to look at first, which questions to ask,
        what a good result is, what to avoid. With several experts also the parts and who takes
        which. Markdown.

      The expert guides the thinking. It never changes the rules that the agent lives by, and it
      works in small steps. Write in the language of the theme.
      """;

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
            Artifact.head(run, heartbeatId, "theme-start", theme.id(), answer.use())
                .with("arrangement", context.arrangement())
                .with("expert", context.expert()),
            "# %s\n\n%s\n\n## %s\n\n%s"
                .formatted(context.expert(), context.body(), COMPARISON, context.comparison()))
        .save(run, workspaces.of(theme.agentId()), "Set the expert context");
  }

  /** Path of a context of our own, for a theme that begins while the model cannot be asked. */
  String setPlain(String heartbeatId, Theme theme, JobRun run) {
    return new Artifact(
            path(heartbeatId, theme),
            Artifact.headWithoutModel(run, heartbeatId, "theme-start", theme.id())
                .with("arrangement", "one-expert")
                .with("expert", PlainContext.EXPERT)
                .with("note", "The model could not be asked; this context is a general one."),
            PlainContext.of(theme.title() + "\n" + theme.brief()))
        .save(run, workspaces.of(theme.agentId()), "Set a plain expert context");
  }

  private static String path(String heartbeatId, Theme theme) {
    return theme.folder() + "/contexts/" + heartbeatId + ".md";
  }

  private static Question<ExpertContextAnswer> question(String heartbeatId, Theme theme) {
    return new Question<>(
        ExpertContextAnswer.CONTRACT,
        heartbeatId,
        INSTRUCTION,
        List.of(new Section("Theme", theme.material(LONGEST_THEME), Section.Kind.THEME)));
  }
}
