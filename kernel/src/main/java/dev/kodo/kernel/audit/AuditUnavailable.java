package dev.kodo.kernel.audit;

import org.jspecify.annotations.Nullable;

/** An entry could not be made durable, or nobody knows whether it is. */
public final class AuditUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  AuditUnavailable(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
