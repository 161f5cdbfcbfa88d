package dev.kodo.theme;

import dev.kodo.config.KodoProperties;
import dev.kodo.workspace.Workspaces;
import java.time.Clock;

/** Moves themes, for tests of other features. */
public final class ThemeLives {
  private ThemeLives() {}

  public static PersonFirst personFirst(
      KodoProperties properties, Workspaces workspaces, Clock clock) {
    return new PersonFirst(new Themebox(properties, clock), workspaces);
  }

  /** Makes {@code theme} the one that runs. */
  public static void start(Themes themes, Theme theme) {
    themes.start(theme, "themebox/some.md");
  }
}
