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
   * An answer that went to the caller as it came, and is not closed yet.
   *
   * @param form of its events
   */
  record Streamed(int status, EventForm form, Usage usage, long length, Hash digest, Ended ended)
      implements Outcome {}

  /**
   * No answer.
   *
   * @param sent whether the call may have been made
   */
  record Failed(GuardCode code, String message, boolean sent) implements Outcome {

    static Failed garbled(Admitted call, String why) {
      return new Failed(
          GuardCode.PROVIDER_GARBLED,
          "Expected a complete answer of the provider "
              + call.provider().name()
              + ", but "
              + why
              + ".",
          true);
    }
  }

  /** The caller went before anything of an answer was sent to it. */
  record Left(boolean sent) implements Outcome {}

  /** The outcome of a call that was ended early, before anything of an answer was sent on. */
  static Outcome early(Admitted call, Ended why, boolean sent) {
    return switch (why) {
      case CALLER_GONE -> new Left(sent);
      case STOPPED ->
          new Failed(
              GuardCode.STOPPED, "Expected an answer, but the guard was told to stop.", sent);
      case DEADLINE ->
          new Failed(
              GuardCode.DEADLINE_PASSED,
              "Expected the provider "
                  + call.provider().name()
                  + " to answer before the caller's deadline, but it did not.",
              sent);
      case TIMEOUT ->
          new Failed(
              GuardCode.PROVIDER_TIMEOUT,
              "Expected the provider "
                  + call.provider().name()
                  + " to answer within "
                  + call.provider().timeout()
                  + ", but it did not.",
              sent);
      case COMPLETE, CUT_OFF, TOO_LARGE ->
          Failed.garbled(call, "its stream ended before its first event");
    };
  }
}
