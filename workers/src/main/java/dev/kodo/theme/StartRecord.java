package dev.kodo.theme;

import dev.kodo.workspace.FrontMatter;
import dev.kodo.workspace.Reading;
import dev.kodo.workspace.Workspace;
import java.time.Instant;
import java.util.Optional;

/**
 * The file {@code theme.md} in a theme's folder. It is written before the themebox file is renamed
 * and holds the whole brief, so that a start can be finished, or taken back, after a crash at any
 * point. Later it is the theme's history for people.
 *
 * @param sourceFile path of the file in the themebox
 * @param processedFile path that it gets
 */
record StartRecord(Theme theme, String sourceFile, String processedFile) {
  private static final String FILE = "/theme.md";
  private static final long LONGEST = 64L * 1024 * 1024;

  static String path(String themeFolder) {
    return themeFolder + FILE;
  }

  String path() {
    return path(theme.folder());
  }

  String text() {
    return FrontMatter.empty()
        .with("theme", theme.id())
        .with("name", theme.name())
        .with("title", theme.title())
        .with("source", theme.source().id())
        .with("source_file", sourceFile)
        .with("processed_file", processedFile)
        .with("started_at", theme.startedAt().toString())
        .over(theme.brief());
  }

  /** Reads it back; empty when there is none or somebody has taken its head away. */
  static Optional<StartRecord> read(Workspace workspace, String themeFolder) {
    if (!(workspace.look(path(themeFolder), LONGEST) instanceof Reading.Text file)) {
      return Optional.empty();
    }
    FrontMatter.Document document = FrontMatter.read(file.text());
    FrontMatter head = document.head();
    return head.get("processed_file")
        .filter(processed -> Themebox.nameIn(processed).isPresent())
        .flatMap(
            processed ->
                head.get("source_file")
                    .filter(source -> Themebox.nameIn(source).isPresent())
                    .map(
                        source ->
                            new StartRecord(
                                theme(workspace.agentId(), themeFolder, document),
                                source,
                                processed)));
  }

  private static Theme theme(String agentId, String folder, FrontMatter.Document document) {
    FrontMatter head = document.head();
    return new Theme(
        agentId,
        head.get("theme").orElse(""),
        head.get("name").orElse(""),
        head.get("title").orElse("Untitled theme"),
        folder,
        document.body().strip(),
        head.get("source").filter("own"::equals).isPresent()
            ? Theme.Source.OWN
            : Theme.Source.THEMEBOX,
        Instant.parse(head.get("started_at").orElse("1970-01-01T00:00:00Z")));
  }
}
