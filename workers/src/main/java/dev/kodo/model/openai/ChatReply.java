package dev.kodo.model.openai;

import org.jspecify.annotations.Nullable;

/**
 * What came back with HTTP status 200.
 *
 * @param text may be empty
 * @param fault why the reply cannot be used whatever its text says, as the end of a sentence that
 *     begins with "The answer"; null when nothing is known against it
 */
public record ChatReply(String text, @Nullable String fault, int inputTokens, int outputTokens) {
  static ChatReply unusable(String fault) {
    return new ChatReply("", fault, 0, 0);
  }
}
