package dev.kodo.heartbeat;

import dev.kodo.introspection.ThemeMaterial;
import dev.kodo.model.Section;
import dev.kodo.theme.Theme;
import dev.kodo.theme.Themes;
import dev.kodo.workspace.FrontMatter;
import dev.kodo.workspace.Workspaces;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Collects what a model gets to see for an activity. All questions about a theme begin with the
 * same sections, in the order in which they change: a cache that has read one has read most of the
 * next.
 */
@Component
class BeatMaterial implements ThemeMaterial {
  private final BeatStore beats;
  private final Themes themes;
  private final Workspaces workspaces;

  BeatMaterial(BeatStore beats, Themes themes, Workspaces workspaces) {
    this.beats = beats;
    this.themes = themes;
    this.workspaces = workspaces;
  }

  /** What is permitted stands last, with how often it was done in this theme. */
  List<Section> forChoice(String agentId, List<String> permitted) {
    Optional<Theme> theme = themes.current(agentId);
    List<Section> sections = new ArrayList<>(theme.map(this::of).orElseGet(List::of));
    List<Beat> done = theme.map(this::ended).orElseGet(List::of);
    sections.add(
        new Section(
            "Permitted activities",
            permitted.stream()
                .map(activity -> activity + ": " + times(done, activity))
                .collect(Collectors.joining("\n"))));
    return sections;
  }

  @Override
  public List<Section> of(Theme theme) {
    List<Section> sections = new ArrayList<>();
    themes
        .latestExpertContext(theme)
        .ifPresent(
            context ->
                sections.add(new Section("Expert context", context.strip(), Section.Kind.CONTEXT)));
    sections.add(new Section("Theme", theme.brief(), Section.Kind.THEME));
    workspaces
        .of(theme.agentId())
        .tryRead("AGENTS.md")
        .ifPresent(rules -> sections.add(new Section("Rules", rules, Section.Kind.RULES)));
    sections.addAll(
        new ThemeHistory(ended(theme), themes.artifacts(theme))
            .sections(path -> themes.text(theme, path).map(BeatMaterial::body)));
    return sections;
  }

  private List<Beat> ended(Theme theme) {
    return beats.ofTheme(theme.agentId(), theme.id());
  }

  private static String body(String artifact) {
    return FrontMatter.read(artifact).body().strip();
  }

  private static String times(List<Beat> done, String activity) {
    long count = done.stream().filter(beat -> activity.equals(beat.activity())).count();
    return count == 0 ? "not done yet" : "done " + count + (count == 1 ? " time" : " times");
  }
}
