package dev.kodo.model.openai;

import org.jspecify.annotations.Nullable;

/** The request went out and no complete answer came back: nobody can say what it did. */
public final class OutcomeUnknown extends RuntimeException {
  OutcomeUnknown(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
