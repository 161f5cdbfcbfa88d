package dev.kodo.heartbeat;

import dev.kodo.model.Section;
import dev.kodo.theme.Excerpt;
import dev.kodo.theme.Theme;
import dev.kodo.theme.Themes;
import dev.kodo.workspace.Workspace;
import dev.kodo.workspace.Workspaces;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Collects what a model gets to see for an activity: the theme, the expert context, recent
 * artifacts and beats.
 */
@Component
class BeatMaterial {
  private static final int RECENT_BEATS = 12;
  private static final int RECENT_ARTIFACTS = 3;
  private static final int LONGEST_EXCERPT = 2500;

  private final BeatStore beats;
  private final Themes themes;
  private final Workspaces workspaces;

  BeatMaterial(BeatStore beats, Themes themes, Workspaces workspaces) {
    this.beats = beats;
    this.themes = themes;
    this.workspaces = workspaces;
  }

  List<Section> forChoice(String agentId, Section permitted) {
    List<Section> sections = new ArrayList<>(List.of(permitted));
    themes
        .current(agentId)
        .ifPresent(
            theme -> {
              sections.add(new Section("Theme", theme.brief()));
              sections.add(new Section("Artifacts", String.join("\n", themes.artifacts(theme))));
              sections.add(new Section("Recent beats", recentBeats(theme)));
            });
    return sections;
  }

  List<Section> forWork(Theme theme) {
    Workspace workspace = workspaces.of(theme.agentId());
    List<Section> sections = new ArrayList<>();
    sections.add(new Section("Theme", theme.brief()));
    themes
        .latestExpertContext(theme)
        .ifPresent(context -> sections.add(new Section("Expert context", context)));
    sections.add(new Section("Recent artifacts", recentArtifacts(workspace, theme)));
    sections.add(new Section("Recent beats", recentBeats(theme)));
    workspace.tryRead("AGENTS.md").ifPresent(rules -> sections.add(new Section("Rules", rules)));
    return sections;
  }

  /** One line per beat of this theme, oldest first: id, activity, outcome, title. */
  private String recentBeats(Theme theme) {
    StringBuilder lines = new StringBuilder();
    for (Beat beat : beats.recent(theme.agentId(), RECENT_BEATS).reversed()) {
      if (theme.id().equals(beat.themeId())) {
        lines
            .append(beat.heartbeatId())
            .append(' ')
            .append(beat.activity())
            .append(' ')
            .append(beat.state().id())
            .append(' ')
            .append(beat.artifactPath() == null ? "" : beat.artifactPath().replaceAll(".*/", ""))
            .append('\n');
      }
    }
    return lines.toString();
  }

  private String recentArtifacts(Workspace workspace, Theme theme) {
    List<String> paths = themes.artifacts(theme);
    StringBuilder text = new StringBuilder();
    for (String path : paths.subList(Math.max(0, paths.size() - RECENT_ARTIFACTS), paths.size())) {
      workspace
          .tryRead(path)
          .ifPresent(
              artifact ->
                  text.append("## ")
                      .append(path)
                      .append('\n')
                      .append(Excerpt.of(artifact, LONGEST_EXCERPT))
                      .append("\n\n"));
    }
    return text.toString();
  }
}
