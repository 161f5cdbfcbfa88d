package dev.kodo.theme;

import dev.kodo.workspace.Entry;
import dev.kodo.workspace.Workspace;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The folders {@code artifacts/<THEME_START_ID>_<name>}. */
final class ThemeFolders {
  private static final String ROOT = "artifacts";
  private static final Pattern FOLDER = Pattern.compile("([0-9]{14})_.+", Pattern.DOTALL);

  private ThemeFolders() {}

  static String path(String themeId, String name) {
    return ROOT + "/" + themeId + "_" + name;
  }

  static Stream<String> all(Workspace workspace) {
    return workspace.list(ROOT).stream()
        .filter(entry -> entry.kind() == Entry.Kind.FOLDER)
        .map(Entry::name)
        .filter(name -> FOLDER.matcher(name).matches())
        .map(name -> ROOT + "/" + name);
  }

  static Optional<String> of(Workspace workspace, String themeId) {
    return all(workspace).filter(folder -> id(folder).equals(themeId)).findFirst();
  }

  static String id(String folder) {
    int start = folder.lastIndexOf('/') + 1;
    return folder.substring(start, start + 14);
  }
}
