package dev.kodo.theme;

import dev.kodo.model.Answer;
import dev.kodo.model.ModelPort;
import dev.kodo.model.Question;
import dev.kodo.model.Section;
import dev.kodo.worker.JobRun;
import dev.kodo.workspace.FileName;
import dev.kodo.workspace.FrontMatter;
import dev.kodo.workspace.Workspace;
import dev.kodo.workspace.Workspaces;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * A theme of the agent's own choice. It becomes a file in the themebox, where a person can see and
 * change it; its front matter records that the agent chose it.
 */
@Component
class OwnTheme {
  private static final int LONGEST_SOUL = 8_000;
  private static final int LONGEST_SUMMARY = 2_500;

  private final Workspaces workspaces;
  private final Themes themes;
  private final ModelPort model;

  OwnTheme(Workspaces workspaces, Themes themes, ModelPort model) {
    this.workspaces = workspaces;
    this.themes = themes;
    this.model = model;
  }

  /** Path of the file that holds the idea. */
  String choose(String heartbeatId, JobRun run) {
    Workspace workspace = workspaces.of(run.agentId());
    PastThemes past = new PastThemes(themes.latest(run.agentId(), PastThemes.MOST));
    Answer<OwnThemeAnswer> answer = model.ask(run, question(workspace, past, heartbeatId));
    OwnThemeAnswer idea = answer.value();
    String title = past.title(idea.title());
    String text = CutMark.below(idea.text(), answer.cut()) + earlier(past, idea);
    String name = OwnMark.PREFIX + heartbeatId + "_" + FileName.slug(title, "idea") + ".md";
    FrontMatter head =
        CutMark.on(
            Artifact.head(run, heartbeatId, "theme-start", heartbeatId, answer.use())
                .with("source", Theme.Source.OWN.id())
                .with("title", title),
            answer.cut());
    return new Artifact(Themebox.FOLDER + name, OwnMark.on(head, text), text)
        .save(run, workspace, "Choose an own theme");
  }

  /** What came of the theme of which this is a continuation; empty when it is none. */
  private String earlier(PastThemes past, OwnThemeAnswer idea) {
    return past.same(idea.title())
        .map(
            theme ->
                "\n\n## %s: %s\n\n%s"
                    .formatted(
                        ThemeLanguage.isJapanese(idea.text()) ? "これまで" : "What came of it before",
                        theme.title(),
                        Excerpt.of(themes.summary(theme).orElse(theme.brief()), LONGEST_SUMMARY)))
        .orElse("");
  }

  private Question<OwnThemeAnswer> question(
      Workspace workspace, PastThemes past, String heartbeatId) {
    String titles = String.join("\n", themes.pastTitles(workspace.agentId()).reversed());
    String soul = Excerpt.of(workspace.tryRead("SOUL.md").orElse(""), LONGEST_SOUL);
    return new Question<>(
            OwnThemeAnswer.CONTRACT,
            heartbeatId,
            OwnThemeAnswer.CONTRACT.words(),
            List.of(new Section("Who you are", soul), new Section("Past themes", titles)))
        .doubting(
            said ->
                past.same(said.title())
                    .map(theme -> "names one of the past themes again; choose another one"));
  }
}
