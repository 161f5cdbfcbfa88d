package dev.kodo.kernel.guard;

import dev.kodo.kernel.audit.Hash;
import java.util.Optional;

/** How a call that was let through went. */
sealed interface Outcome {

  /**
   * A whole answer, whatever its status; not sent to the caller yet.
   *
   * @param retryAfter the provider's own word on when to come again
   */
  record Answered(
      int status, String contentType, Optional<String> retryAfter, WholeBody body, Usage usage)
      implements Outcome {}

  /** The bytes of an answer. */
  final class WholeBody {
    private final byte[] bytes;

    WholeBody(byte[] bytes) {
      this.bytes = bytes;
    }

    byte[] bytes() {
      return bytes;
    }
  }

  /**
   * An answer that went to the caller as it came.
   *
   * @param fault empty when it is complete
   */
  record Streamed(int status, Usage usage, long length, Hash digest, Optional<String> fault)
      implements Outcome {}

  /**
   * No answer.
   *
   * @param sent whether the call may have been made
   */
  record Failed(GuardCode code, String message, boolean sent) implements Outcome {}
}
