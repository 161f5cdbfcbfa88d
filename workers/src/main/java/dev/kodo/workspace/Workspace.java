package dev.kodo.workspace;

import dev.kodo.audit.AuditEntry;
import dev.kodo.audit.AuditTrail;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of one agent. Paths are relative to its folder, with {@code /} between names; a path
 * that leaves the folder, also through a symbolic link, is refused. Every change is there
 * completely or not at all after a crash, and may be repeated.
 *
 * <p>All methods throw {@link WorkspaceException} when the file system or git refuses.
 */
public final class Workspace {
  /** Largest file that {@link #read} and {@link #tryRead} take when no limit is named, in bytes. */
  public static final long USUAL_LIMIT = 2 * 1024 * 1024;

  private static final List<String> FOLDERS =
      List.of("themebox", "feedbackbox", "artifacts", "projects", "daily");

  /** The id that begins the message of a beat's commit. */
  private static final Pattern BEAT = Pattern.compile("\\d{14}(?= )");

  private static final int MOST_PATHS = 10;

  private final String agentId;
  private final Path folder;
  private final Clock clock;
  private final AuditTrail audit;
  private final Confinement confinement;
  private final ReentrantLock changing = new ReentrantLock();

  Workspace(String agentId, Path folder, Clock clock, AuditTrail audit) {
    this.agentId = agentId;
    this.folder = folder;
    this.clock = clock;
    this.audit = audit;
    this.confinement = new Confinement(folder);
  }

  public String agentId() {
    return agentId;
  }

  /** The folder on the disk, for showing it to people. */
  public Path folder() {
    return folder;
  }

  /** Creates what is missing of the tree, the starting texts and the git repository. */
  public void prepare() {
    alone(
        () -> {
          createTree();
          List<String> files = List.copyOf(StartingTexts.all().keySet());
          History history = history();
          history.prepare();
          List<String> fresh = history.notYetCommitted(files);
          if (!fresh.isEmpty()) {
            history.commit("Prepare the workspace of " + agentId, fresh);
          }
          report(history);
          history.tidy();
          return null;
        });
  }

  private void createTree() {
    try {
      Files.createDirectories(folder);
      for (String name : FOLDERS) {
        DurableFiles.createFolders(confinement.target(name));
      }
    } catch (IOException e) {
      throw Cause.of("create the folders of", folder, folder, e);
    }
    Leftovers.remove(confinement.root(), clock);
    StartingTexts.all()
        .forEach(
            (name, text) -> {
              if (!exists(name)) {
                write(name, text);
              }
            });
  }

  /** Removes half-written files of a body that was killed; returns how many there were. */
  int removeLeftovers() {
    return alone(() -> Files.isDirectory(folder) ? Leftovers.remove(confinement.root(), clock) : 0);
  }

  /** Looks at a file with a limit in bytes; what it finds is a value, not an exception. */
  public Reading look(String path, long limit) {
    Path target = confinement.target(path);
    try {
      return TextReader.read(target, limit);
    } catch (IOException e) {
      throw Cause.of("read", path, target, e);
    }
  }

  /** The text of a file that must be there. */
  public String read(String path) {
    return tryRead(path)
        .orElseThrow(
            () ->
                unreadable(
                    WorkspaceException.Code.NOT_FOUND, path, "is not there", "Put it back."));
  }

  /** The text of a file, or empty when there is none. */
  public Optional<String> tryRead(String path) {
    return tryRead(path, USUAL_LIMIT);
  }

  public Optional<String> tryRead(String path, long limit) {
    return switch (look(path, limit)) {
      case Reading.Text text -> Optional.of(text.text());
      case Reading.Missing missing -> Optional.empty();
      case Reading.NotAFile other ->
          throw unreadable(
              WorkspaceException.Code.NOT_A_FILE, path, "is not a file", "Move it away.");
      case Reading.NotText binary ->
          throw unreadable(
              WorkspaceException.Code.NOT_TEXT,
              path,
              "is not text: " + binary.why(),
              "Save it as UTF-8 text.");
      case Reading.TooLarge large ->
          throw unreadable(
              WorkspaceException.Code.TOO_LARGE,
              path,
              "has %d bytes, more than %d".formatted(large.bytes(), large.limit()),
              "Make it smaller.");
    };
  }

  private static WorkspaceException unreadable(
      WorkspaceException.Code code, String path, String what, String next) {
    return new WorkspaceException(
        code, "The file %s %s. %s".formatted(Shown.path(path), what, next), null);
  }

  /** Whether anything is there under this path, a link that leads nowhere included. */
  public boolean exists(String path) {
    return Files.exists(confinement.entry(path), LinkOption.NOFOLLOW_LINKS);
  }

  /** Creates or replaces a file in one step, and the folders above it. */
  public void write(String path, String text) {
    alone(
        () -> {
          Path target = confinement.target(path);
          try {
            DurableFiles.write(target, text.getBytes(StandardCharsets.UTF_8));
          } catch (IOException e) {
            throw Cause.of("write", path, target, e);
          }
          return null;
        });
  }

  /** Moves an entry, a link itself included. Never replaces anything. */
  public void rename(String from, String to) {
    alone(
        () -> {
          Path source = confinement.entry(from);
          Path target = confinement.entry(to);
          if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new WorkspaceException(
                WorkspaceException.Code.ALREADY_THERE,
                "Could not rename %s: %s is already there. Rename or remove the older one."
                    .formatted(Shown.path(from), Shown.path(to)),
                null);
          }
          try {
            DurableFiles.move(source, target);
          } catch (IOException e) {
            throw Cause.of("rename", from, source, e);
          }
          return null;
        });
  }

  /** Removes a file, or a folder that is empty. Nothing happens when it is not there. */
  public void remove(String path) {
    alone(
        () -> {
          Path target = confinement.entry(path);
          try {
            DurableFiles.remove(target);
          } catch (IOException e) {
            throw Cause.of("remove", path, target, e);
          }
          return null;
        });
  }

  /** The entries of the workspace itself by name, hidden ones included. */
  public List<Entry> list() {
    return children(confinement.root(), ".");
  }

  /** The entries of a folder by name, hidden ones included; none when there is no such folder. */
  public List<Entry> list(String path) {
    Path target = confinement.target(path);
    if (!Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    return children(target, path);
  }

  private static List<Entry> children(Path target, String path) {
    try (Stream<Path> children = Files.list(target)) {
      return children
          .flatMap(child -> entry(child).stream())
          .sorted(Comparator.comparing(Entry::name))
          .toList();
    } catch (IOException e) {
      throw Cause.of("list", path, target, e);
    } catch (UncheckedIOException e) {
      throw Cause.of("list", path, target, Objects.requireNonNull(e.getCause()));
    }
  }

  private static Optional<Entry> entry(Path file) {
    try {
      var facts = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      String name = String.valueOf(file.getFileName());
      return Optional.of(
          new Entry(
              name, kind(file, name, facts), facts.size(), facts.lastModifiedTime().toInstant()));
    } catch (IOException removedMeanwhile) {
      return Optional.empty();
    }
  }

  private static Entry.Kind kind(Path file, String name, BasicFileAttributes facts) {
    if (!file.resolveSibling(name).equals(file)) {
      return Entry.Kind.UNNAMEABLE;
    }
    if (facts.isSymbolicLink()) {
      return Entry.Kind.LINK;
    }
    if (facts.isDirectory()) {
      return Entry.Kind.FOLDER;
    }
    return facts.isRegularFile() ? Entry.Kind.FILE : Entry.Kind.OTHER;
  }

  /**
   * Commits the present state of these files and of nothing else; a file that is gone is committed
   * as removed.
   *
   * @param message starts with the heartbeat id
   * @return false when the last commit already holds them
   */
  public boolean commit(String message, Collection<String> paths) {
    return alone(
        () -> {
          Path root = confinement.root();
          List<String> real = new ArrayList<>();
          for (String path : paths) {
            real.add(root.relativize(confinement.entry(path)).toString());
          }
          if (real.isEmpty()) {
            return false;
          }
          History history = history();
          boolean fresh = history.commit(message, real);
          report(history);
          return fresh;
        });
  }

  /** Enters all commits since the last report, those of people and of a body that crashed too. */
  private void report(History history) {
    for (String id : history.unreported()) {
      History.Commit commit = history.commit(id);
      Map<String, String> detail = new TreeMap<>(Map.of("commit", commit.id()));
      commit.paths().stream()
          .limit(MOST_PATHS)
          .forEach(path -> detail.put("file " + detail.size(), path));
      if (commit.paths().size() > MOST_PATHS) {
        detail.put("files", String.valueOf(commit.paths().size()));
      }
      Matcher beat = BEAT.matcher(commit.subject());
      audit.enter(
          new AuditEntry(
              AuditEntry.Kind.FILE_CHANGE,
              agentId,
              beat.lookingAt() ? beat.group() : null,
              commit.subject(),
              "committed",
              detail,
              "commit %s %s".formatted(agentId, id)));
      history.markReported(id);
    }
  }

  private History history() {
    return new History(confinement.root(), clock);
  }

  private <T> T alone(Supplier<T> change) {
    changing.lock();
    try {
      return change.get();
    } finally {
      changing.unlock();
    }
  }
}
