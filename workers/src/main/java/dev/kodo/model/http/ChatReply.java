package dev.kodo.model.http;

import org.jspecify.annotations.Nullable;

/**
 * What came back with HTTP status 200.
 *
 * @param text may be empty
 * @param fault why the reply cannot be used whatever its text says, as the end of a sentence that
 *     begins with "The answer"; null when nothing is known against it
 * @param cost null when nobody said
 */
public record ChatReply(
    String text, @Nullable String fault, int inputTokens, int outputTokens, @Nullable Cost cost) {
  static ChatReply unusable(String fault, @Nullable Cost cost) {
    return new ChatReply("", fault, 0, 0, cost);
  }
}
