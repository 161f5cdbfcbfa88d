package dev.kodo.worker;

import dev.kodo.process.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * An outside call that certainly had no effect (connection refused, an HTTP error status): it may
 * be tried again, and when the retries are used up it becomes {@code thenThrow}.
 */
public final class CallRefused extends JobFailure {
  public CallRefused(ErrorCode thenThrow, String message, @Nullable Throwable cause) {
    super(new Meaning.Retry(thenThrow), message, cause);
  }
}
