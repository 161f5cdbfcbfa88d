package dev.kodo.worker;

import dev.kodo.process.ErrorCode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An outside call that certainly had no effect (connection refused, an HTTP error status): it may
 * be tried again, and when the retries are used up it becomes {@code thenThrow}.
 */
public class CallRefused extends JobFailure {
  public CallRefused(ErrorCode thenThrow, String message, @Nullable Throwable cause) {
    super(new Meaning.Retry(thenThrow), message, cause);
  }

  /**
   * @param atLeast how long to wait before the next try
   */
  public CallRefused(ErrorCode thenThrow, Duration atLeast, String message) {
    super(new Meaning.Retry(thenThrow, atLeast), message, null);
  }
}
