package dev.kodo.introspection;

import dev.kodo.model.Section;
import dev.kodo.theme.Theme;
import java.util.List;

/** What every question about a theme begins with; the heartbeat feature answers. */
public interface ThemeMaterial {
  /** Expert context, theme, rules, then beats and what they left, oldest first. */
  List<Section> of(Theme theme);
}
