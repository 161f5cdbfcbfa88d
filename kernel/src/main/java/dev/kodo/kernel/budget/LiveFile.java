package dev.kodo.kernel.budget;

import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A small file that a person may edit at any time. Every question reads it again and compares its
 * bytes, which takes some 20 microseconds and, unlike a date of change, misses nothing. A file that
 * was broken by an edit leaves the last good value in force. So does one that became empty or went
 * away, where that is no value: an editor may empty a file before it writes it.
 */
public final class LiveFile<T> {
  /** No file has exactly this content in memory, so that the next reading counts as a change. */
  private static final byte[] UNREAD = {0};

  private final Path file;
  private final Function<String, T> parse;
  private final Listener<T> listener;
  private final Empty empty;
  private final ReentrantLock lock = new ReentrantLock();
  private byte[] bytes;
  private T value;
  private @Nullable Problem problem;

  /** What an empty file means. */
  public enum Empty {
    /** A text like any other. */
    A_TEXT,
    /** A mistake, or a moment in an edit. Only a file that was never there means the defaults. */
    NO_TEXT
  }

  /** Told about every change, on the thread of whoever noticed it. */
  public interface Listener<T> {
    void changed(T before, T now);

    /** The file became unreadable; the last good value stays in force. */
    void broken(Problem why);
  }

  /**
   * Reads the file once; a missing one counts as an empty text. Throws {@link Problem} when it is
   * broken now, at the start, when there is no good value yet.
   */
  public LiveFile(Path file, Function<String, T> parse, Empty empty, Listener<T> listener)
      throws IOException {
    this.file = file;
    this.parse = parse;
    this.empty = empty;
    this.listener = listener;
    if (empty == Empty.NO_TEXT) {
      requireText(file);
    }
    this.bytes = read();
    this.value = parse.apply(text(bytes));
  }

  /** Throws {@link Problem} when the file is there and has no text. */
  static void requireText(Path file) throws IOException {
    if (Files.exists(file) && text(Files.readAllBytes(file)).isBlank()) {
      throw new Problem(
          ProblemCode.CONFIG_UNREADABLE,
          "Expected settings in " + file + ", but it is empty: it may have been cut off.",
          "Write the settings into it; remove it, with Kodo stopped, to have the defaults.");
    }
  }

  /** The value of the file's content now, or the last good one. */
  public T get() {
    lock.lock();
    try {
      refresh();
      return value;
    } finally {
      lock.unlock();
    }
  }

  /** Why the content is not in force, when it is not. */
  public Optional<Problem> problem() {
    lock.lock();
    try {
      return Optional.ofNullable(problem);
    } finally {
      lock.unlock();
    }
  }

  private void refresh() {
    try {
      byte[] now = read();
      if (!Arrays.equals(now, bytes)) {
        bytes = now;
        take(value(text(now)));
      }
    } catch (IOException unreadable) {
      // The next question tries again; it is told once.
      bytes = UNREAD;
      keep(
          new Problem(
              ProblemCode.CONFIG_UNREADABLE,
              "Expected to read " + file + ", but: " + unreadable.getMessage() + ".",
              "Make it a file that this user may read."));
    } catch (Problem broken) {
      keep(broken);
    }
  }

  private T value(String text) {
    if (empty == Empty.NO_TEXT && text.isBlank()) {
      throw new Problem(
          ProblemCode.CONFIG_UNREADABLE,
          "Expected settings in " + file + ", but it is empty or gone; those from before hold.",
          "Write the settings into it; remove it, with Kodo stopped, to have the defaults.");
    }
    return parse.apply(text);
  }

  /** The last good value stays in force. */
  private void keep(Problem why) {
    boolean told = problem != null && problem.sentence().equals(why.sentence());
    problem = why;
    if (!told) {
      listener.broken(why);
    }
  }

  private void take(T now) {
    T before = value;
    value = now;
    problem = null;
    if (!now.equals(before)) {
      listener.changed(before, now);
    }
  }

  private byte[] read() throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException none) {
      return new byte[0];
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
