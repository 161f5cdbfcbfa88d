package dev.kodo.kernel.budget;

import dev.kodo.kernel.problem.Problem;
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
 * was broken by an edit leaves the last good value in force.
 */
public final class LiveFile<T> {
  private final Path file;
  private final Function<String, T> parse;
  private final Listener<T> listener;
  private final ReentrantLock lock = new ReentrantLock();
  private byte[] bytes;
  private T value;
  private @Nullable Problem problem;

  /** Told about every change, on the thread of whoever noticed it. */
  public interface Listener<T> {
    void changed(T before, T now);

    /** The file became unreadable; the last good value stays in force. */
    void broken(Problem why);
  }

  /**
   * Reads the file once; a missing one counts as empty. Throws {@link Problem} when it is broken
   * now, at the start, when there is no good value yet.
   */
  public LiveFile(Path file, Function<String, T> parse, Listener<T> listener) throws IOException {
    this.file = file;
    this.parse = parse;
    this.listener = listener;
    this.bytes = read();
    this.value = parse.apply(text(bytes));
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
        take(parse.apply(text(now)));
      }
    } catch (IOException unreadable) {
      // The last good value stays in force, and the next question tries again.
      return;
    } catch (Problem broken) {
      problem = broken;
      listener.broken(broken);
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
