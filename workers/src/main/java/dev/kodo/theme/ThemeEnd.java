package dev.kodo.theme;

import dev.kodo.model.Answer;
import dev.kodo.model.ModelPort;
import dev.kodo.model.Question;
import dev.kodo.model.Section;
import dev.kodo.worker.JobRun;
import dev.kodo.worker.Nothing;
import dev.kodo.workspace.FileName;
import dev.kodo.workspace.FrontMatter;
import dev.kodo.workspace.Workspace;
import dev.kodo.workspace.Workspaces;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Sums a theme up and records its end. */
@Component
class ThemeEnd {
  private static final int LONGEST_THEME = 20_000;
  private static final int MOST_ARTIFACTS = 30;

  /** Characters of all artifacts together. */
  private static final int LONGEST_ARTIFACTS = 7_000;

  private static final int MOST_BEATS = 30;
  private final Workspaces workspaces;
  private final Themes themes;
  private final ModelPort model;
  private final Clock clock;

  ThemeEnd(Workspaces workspaces, Themes themes, ModelPort model, Clock clock) {
    this.workspaces = workspaces;
    this.themes = themes;
    this.model = model;
    this.clock = clock;
  }

  /** Path of the summary that was written. */
  String summarize(String heartbeatId, Theme theme, JobRun run) {
    Answer<ThemeSummaryAnswer> answer = model.ask(run, question(heartbeatId, theme));
    ThemeSummaryAnswer summary = answer.value();
    String file = heartbeatId + "_" + FileName.slug(summary.title(), "summary") + ".md";
    return new Artifact(
            theme.folder() + "/" + file,
            CutMark.on(
                Artifact.head(run, heartbeatId, "theme-end", theme.id(), answer.use())
                    .with("title", summary.title()),
                answer.cut()),
            "# %s\n\n%s\n\n%s"
                .formatted(
                    summary.title(),
                    summary.summary(),
                    CutMark.below(summary.body(), answer.cut())))
        .save(run, workspaces.of(theme.agentId()), "Sum up the theme " + theme.title());
  }

  private Question<ThemeSummaryAnswer> question(String heartbeatId, Theme theme) {
    List<String> paths = themes.artifacts(theme);
    List<Section> sections = new ArrayList<>();
    sections.add(new Section("Theme", theme.material(LONGEST_THEME), Section.Kind.THEME));
    sections.add(
        new Section(
            "Recent beats",
            themes.recentLogs(theme, MOST_BEATS).stream()
                .map(path -> BeatLine.of(path, themes.text(theme, path).orElse("")))
                .collect(Collectors.joining("\n")),
            Section.Kind.BEAT));
    paths.subList(Math.max(0, paths.size() - MOST_ARTIFACTS), paths.size()).stream()
        .filter(path -> !path.contains("/" + heartbeatId + "_"))
        .map(path -> artifact(theme, path, Math.clamp(paths.size(), 1, MOST_ARTIFACTS)))
        .forEach(sections::add);
    return new Question<>(
        ThemeSummaryAnswer.CONTRACT, heartbeatId, ThemeSummaryAnswer.CONTRACT.words(), sections);
  }

  private Section artifact(Theme theme, String path, int all) {
    String text = "## " + path + "\n" + body(theme, path, LONGEST_ARTIFACTS / all);
    return new Section("Artifacts", text, Section.Kind.PIECE);
  }

  private String body(Theme theme, String path, int longest) {
    return themes
        .text(theme, path)
        .map(text -> Excerpt.of(FrontMatter.read(text).body().strip(), longest))
        .orElse("(not readable as text)");
  }

  /** Records THEME_END_ID in the theme's own file and in the database. */
  Nothing record(String heartbeatId, Theme theme, JobRun run) {
    Workspace workspace = workspaces.of(theme.agentId());
    String path = StartRecord.path(theme.folder());
    run.ensureWanted();
    themes
        .text(theme, path)
        .map(FrontMatter::read)
        .filter(history -> history.head().get("theme_end_id").isEmpty())
        .ifPresent(
            history ->
                workspace.write(
                    path,
                    history
                        .head()
                        .with("theme_end_id", heartbeatId)
                        .with("ended_at", clock.instant().toString())
                        .over(history.body())));
    workspace.commit(heartbeatId + " End the theme " + theme.title(), List.of(path));
    return run.commit(
        () -> {
          themes.end(theme, heartbeatId);
          return Nothing.NOTHING;
        });
  }
}
