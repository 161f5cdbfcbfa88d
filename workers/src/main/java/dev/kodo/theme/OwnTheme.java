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
  private static final String INSTRUCTION =
      """
      You are an agent that works on one theme at a time, in small steps. No theme is waiting, so
      choose your next one yourself.

      - Choose something that fits who you are and that can be finished in about ten small steps
        with nothing but thinking, reading and writing.
      - Do not repeat a past theme. Going on from one is fine when there is a new question.
      - 'title': at most 60 characters. 'text': the question, why it is worth the time, and what
        the result could be, in 5 to 15 sentences of Markdown.

      Write in the language of the past themes; when there are none, in that of "Who you are".
      """;

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
    Answer<OwnThemeAnswer> answer = model.ask(run, question(workspace, heartbeatId));
    OwnThemeAnswer idea = answer.value();
    String name = OwnMark.PREFIX + heartbeatId + "_" + FileName.slug(idea.title(), "idea") + ".md";
    FrontMatter head =
        Artifact.head(run, heartbeatId, "theme-start", heartbeatId, answer.use())
            .with("source", Theme.Source.OWN.id())
            .with("title", idea.title());
    return new Artifact(Themebox.FOLDER + name, OwnMark.on(head, idea.text()), idea.text())
        .save(run, workspace, "Choose an own theme");
  }

  private Question<OwnThemeAnswer> question(Workspace workspace, String heartbeatId) {
    String past = String.join("\n", themes.pastTitles(workspace.agentId()).reversed());
    String soul = Excerpt.of(workspace.tryRead("SOUL.md").orElse(""), LONGEST_SOUL);
    return new Question<>(
        OwnThemeAnswer.CONTRACT,
        heartbeatId,
        INSTRUCTION,
        List.of(new Section("Who you are", soul), new Section("Past themes", past)));
  }
}
