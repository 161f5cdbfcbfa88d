package dev.kodo.theme;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an agent works on for a number of beats.
 *
 * @param id THEME_START_ID: id of the beat that started the theme, fixed for its life
 * @param name safe form of the title, part of the folder's name
 * @param folder path in the workspace: {@code artifacts/<id>_<name>}
 * @param brief the whole text that started the theme
 */
public record Theme(
    String agentId,
    String id,
    String name,
    String title,
    String folder,
    String brief,
    Source source,
    Instant startedAt) {

  /** Where beats that ended without a theme leave what they wrote. */
  private static final String WITHOUT_THEME = "artifacts/no-theme";

  /** The folder of a theme, or the one beside all themes. */
  public static String folderOf(@Nullable Theme theme) {
    return theme == null ? WITHOUT_THEME : theme.folder();
  }

  /** Who chose the theme. */
  public enum Source {
    /** A person put a file into the themebox. */
    THEMEBOX,
    /** The agent chose it, because the themebox was empty. */
    OWN;

    /** The form used in tables and files. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Source of(String id) {
      return valueOf(id.toUpperCase(Locale.ROOT));
    }
  }

  /** Title and brief as material for a model, cut at {@code longest} characters. */
  public String material(int longest) {
    return "# " + title + "\n\n" + Excerpt.of(brief, longest);
  }
}
