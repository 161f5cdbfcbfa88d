package dev.kodo.theme;

import dev.kodo.config.KodoProperties;
import dev.kodo.worker.JobRun;
import dev.kodo.workspace.Entry;
import dev.kodo.workspace.FrontMatter;
import dev.kodo.workspace.Reading;
import dev.kodo.workspace.Workspace;
import dev.kodo.workspace.WorkspaceException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** The folder where people put files that shall become themes. */
@Component
class Themebox {
  static final String FOLDER = "themebox/";

  private final KodoProperties.Theme limits;
  private final Clock clock;

  @Autowired
  Themebox(KodoProperties properties, Clock clock) {
    this(properties.theme(), clock);
  }

  Themebox(KodoProperties.Theme limits, Clock clock) {
    this.limits = limits;
    this.clock = clock;
  }

  /** What the themebox holds for now. */
  sealed interface Pick {
    /**
     * @param file path in the workspace
     */
    record Found(String file) implements Pick {}

    /**
     * Only a file that changed a moment ago.
     *
     * @param own as in {@link NothingOfAPerson}
     */
    record StillBeingWritten(String file, @Nullable String own) implements Pick {}

    /**
     * No file of a person.
     *
     * @param own the oldest file that the agent wrote for a theme of its own and that never
     *     started; null when there is none
     */
    record NothingOfAPerson(@Nullable String own) implements Pick {}
  }

  /**
   * The oldest file of a person that can be a theme; one that the agent wrote and nobody changed
   * waits behind all of them. Files that cannot be themes are renamed to {@code rejected.…} on the
   * way, with a note beside them.
   */
  Pick pick(Workspace workspace, String heartbeatId, JobRun run) {
    @Nullable String own = null;
    @Nullable String unfinished = null;
    for (Entry entry : Candidates.of(workspace.list(FOLDER)).toList()) {
      String file = FOLDER + entry.name();
      if (changedJustNow(entry)) {
        unfinished = unfinished == null ? file : unfinished;
        continue;
      }
      switch (look(workspace, entry)) {
        case Verdict.Good good -> {
          if (!good.own()) {
            return new Pick.Found(file);
          }
          own = own == null ? file : own;
        }
        case Verdict.Gone gone -> {}
        case Verdict.Bad bad -> {
          run.ensureWanted();
          bad.rejection().apply(workspace, heartbeatId);
        }
      }
    }
    return unfinished == null
        ? new Pick.NothingOfAPerson(own)
        : new Pick.StillBeingWritten(unfinished, own);
  }

  /**
   * Whether a finished file of a person lies here that can be a theme. Only looks; a folder that
   * cannot be read holds none for now.
   */
  boolean holdsOneOfAPerson(Workspace workspace) {
    try {
      return Candidates.of(workspace.list(FOLDER))
          .filter(entry -> !changedJustNow(entry))
          .anyMatch(entry -> look(workspace, entry) instanceof Verdict.Good good && !good.own());
    } catch (WorkspaceException unreadable) {
      return false;
    }
  }

  /** A time in the future is no sign of being written: it comes from another clock. */
  private boolean changedJustNow(Entry entry) {
    Duration age = Duration.between(entry.modified(), clock.instant());
    return age.abs().compareTo(limits.settle()) < 0;
  }

  private sealed interface Verdict {
    /**
     * @param own whether the agent wrote it, and nobody changed it since
     */
    record Good(boolean own) implements Verdict {}

    /** Somebody took it away just now. */
    record Gone() implements Verdict {}

    record Bad(Rejection rejection) implements Verdict {}
  }

  private Verdict look(Workspace workspace, Entry entry) {
    if (entry.kind() == Entry.Kind.LINK) {
      return bad(
          entry, "It is a symbolic link.", "Put a copy of the file itself into the themebox.");
    }
    try {
      return judge(entry, workspace.look(FOLDER + entry.name(), limits.maxSize().toBytes()));
    } catch (WorkspaceException unreadable) {
      return bad(
          entry, "It cannot be read (" + unreadable.code() + ").", "Let Kodo's user read it.");
    }
  }

  private static Verdict judge(Entry entry, Reading reading) {
    return switch (reading) {
      case Reading.Text text when text.text().isBlank() ->
          bad(entry, "It is empty.", "Write the theme into it.");
      case Reading.Text text ->
          new Verdict.Good(OwnMark.isOn(FrontMatter.read(text.text()), entry.name()));
      case Reading.Missing missing -> new Verdict.Gone();
      case Reading.NotAFile other -> bad(entry, "It is not a file.", "Use a text file.");
      case Reading.NotText binary ->
          bad(
              entry,
              "It is not UTF-8 text: " + binary.why() + ".",
              "Save it as plain text with the encoding UTF-8.");
      case Reading.TooLarge large ->
          bad(
              entry,
              "It has %d bytes; the limit (theme.max-size) is %d."
                  .formatted(large.bytes(), large.limit()),
              "Shorten it to what the theme is about, or raise theme.max-size.");
    };
  }

  private static Verdict bad(Entry entry, String why, String next) {
    return new Verdict.Bad(new Rejection(entry.name(), why, next));
  }

  /** Reads a picked file again, for its start. */
  String read(Workspace workspace, String file) {
    return workspace
        .tryRead(file, limits.maxSize().toBytes())
        .orElseGet(() -> workspace.read(file));
  }

  /** The file's name when {@code path} is that of an entry of the themebox. */
  static Optional<String> nameIn(String path) {
    String name = path.startsWith(FOLDER) ? path.substring(FOLDER.length()) : "";
    return Optional.of(name).filter(text -> !text.isEmpty() && !text.contains("/"));
  }

  /** How long to wait for a file that keeps changing. */
  Duration longestWait() {
    return limits.settle().multipliedBy(10);
  }

  Duration settle() {
    return limits.settle();
  }
}
