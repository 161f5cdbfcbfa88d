package dev.kodo.introspection;

import dev.kodo.model.Answer;
import dev.kodo.model.ModelPort;
import dev.kodo.model.Question;
import dev.kodo.model.Section;
import dev.kodo.theme.Excerpt;
import dev.kodo.theme.Theme;
import dev.kodo.theme.Themes;
import dev.kodo.worker.JobRun;
import dev.kodo.workspace.Workspaces;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Asks the model to judge the agent's latest beats. */
@Component
class SelfEvaluation {
  private static final int LOGS = 5;
  private static final int LONGEST_LOG = 1_500;
  private static final int LONGEST_RULES = 8_000;
  private static final String INSTRUCTION =
      """
      You look back at your own latest beats. Judge them as a fair and exact colleague would.

      Look at two sides. How the work runs: were the rules kept, are the activities in balance, do
      the same errors come again, is feedback waiting? How the work grows: does each step add
      something to the theme, is the expert's view used, is it still the right theme and size?

      - 'score': 1 (nothing useful) to 10 (could not be better). Failed and incomplete beats cost.
      - 'summary': the judgement in two to four sentences.
      - 'body': Markdown; what went well and what did not, each with the beat it was seen in.
      - 'proposal': one thing to do differently from the next beat on, concrete enough to check.

      Use only what the material says. Write in the language of the logs.
      """;

  private final Workspaces workspaces;
  private final Themes themes;
  private final ModelPort model;

  SelfEvaluation(Workspaces workspaces, Themes themes, ModelPort model) {
    this.workspaces = workspaces;
    this.themes = themes;
    this.model = model;
  }

  Evaluation evaluate(String heartbeatId, @Nullable Theme theme, Evidence evidence, JobRun run) {
    String rules = workspaces.of(run.agentId()).tryRead("AGENTS.md").orElse("");
    Answer<EvaluationAnswer> answer =
        model.ask(
            run,
            new Question<>(
                EvaluationAnswer.CONTRACT,
                heartbeatId,
                INSTRUCTION,
                List.of(
                    new Section("Evidence", evidence.lines()),
                    new Section("Recent logs", logs(theme)),
                    new Section("Rules", Excerpt.of(rules, LONGEST_RULES)))));
    return Evaluation.of(answer.value(), answer.use());
  }

  private String logs(@Nullable Theme theme) {
    if (theme == null) {
      return "(no theme runs now)";
    }
    return themes.recentLogs(theme, LOGS).stream()
        .map(
            path ->
                "## %s\n%s"
                    .formatted(
                        path,
                        themes
                            .text(theme, path)
                            .map(text -> Excerpt.of(text.strip(), LONGEST_LOG))
                            .orElse("(not readable as text)")))
        .collect(Collectors.joining("\n\n"));
  }
}
