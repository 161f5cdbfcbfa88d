package dev.kodo.kernel.guard;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The guard does not make, or cannot complete, a call. */
final class CallRefused extends Exception {
  private static final long serialVersionUID = 1L;

  private final GuardCode code;
  private final @Nullable String cap;

  CallRefused(GuardCode code, String message) {
    this(code, message, null);
  }

  /**
   * @param cap the word for the limit that leaves no room
   */
  CallRefused(GuardCode code, String message, @Nullable String cap) {
    super(message, null, false, false);
    this.code = code;
    this.cap = cap;
  }

  GuardCode code() {
    return code;
  }

  Optional<String> cap() {
    return Optional.ofNullable(cap);
  }

  String sentence() {
    return String.valueOf(getMessage());
  }
}
