package dev.kodo.introspection;

import dev.kodo.model.Answer;
import dev.kodo.model.ModelPort;
import dev.kodo.model.Question;
import dev.kodo.model.Section;
import dev.kodo.theme.Excerpt;
import dev.kodo.theme.Theme;
import dev.kodo.theme.Themes;
import dev.kodo.worker.JobRun;
import dev.kodo.workspace.FrontMatter;
import dev.kodo.workspace.Workspaces;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Asks the model to judge the agent's latest beats. */
@Component
class SelfEvaluation {
  private static final int LOGS = 5;
  private static final int LONGEST_LOG = 350;

  /** The paragraph below this heading of an activity log, up to the next heading. */
  private static final Pattern WHY = Pattern.compile("(?s)\\n## Why\\n.*?(?=\\n## |\\z)");

  private final Workspaces workspaces;
  private final Themes themes;
  private final ThemeMaterial material;
  private final ModelPort model;

  SelfEvaluation(Workspaces workspaces, Themes themes, ThemeMaterial material, ModelPort model) {
    this.workspaces = workspaces;
    this.themes = themes;
    this.material = material;
    this.model = model;
  }

  Evaluation evaluate(String heartbeatId, @Nullable Theme theme, Evidence evidence, JobRun run) {
    Answer<EvaluationAnswer> answer =
        model.ask(
            run,
            new Question<>(
                EvaluationAnswer.CONTRACT,
                heartbeatId,
                EvaluationAnswer.CONTRACT.words(),
                sections(run.agentId(), theme, evidence)));
    return Evaluation.of(answer);
  }

  /** What changes with every question stands last. */
  private List<Section> sections(String agentId, @Nullable Theme theme, Evidence evidence) {
    List<Section> sections = new ArrayList<>(theme == null ? rules(agentId) : material.of(theme));
    String logs = theme == null ? "(no theme runs now)" : logs(theme);
    sections.add(new Section("Recent logs", logs, Section.Kind.FILE));
    sections.add(new Section("Evidence", evidence.lines()));
    return sections;
  }

  private List<Section> rules(String agentId) {
    return workspaces.of(agentId).tryRead("AGENTS.md").stream()
        .map(rules -> new Section("Rules", rules, Section.Kind.RULES))
        .toList();
  }

  /**
   * Each begins with a heading that names its beat. Why a beat did what it did is left out: what
   * came of it is what is judged.
   */
  private String logs(Theme theme) {
    return themes.recentLogs(theme, LOGS).stream()
        .map(
            path ->
                themes
                    .text(theme, path)
                    .map(text -> Excerpt.of(withoutWhy(FrontMatter.read(text).body()), LONGEST_LOG))
                    .orElse(path + " is not readable as text"))
        .collect(Collectors.joining("\n\n"));
  }

  private static String withoutWhy(String log) {
    return WHY.matcher(log).replaceFirst("").strip();
  }
}
