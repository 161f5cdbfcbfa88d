package dev.kodo.model.http;

import org.jspecify.annotations.Nullable;

/**
 * What came back with HTTP status 200.
 *
 * @param text without thoughts; may be empty
 * @param fault why the reply cannot be used whatever its text says, as the end of a sentence that
 *     begins with "The answer"; null when nothing is known against it
 * @param cut why the text ends before its end: {@code length}, {@code timeout}, {@code deadline},
 *     {@code stopped} or {@code cut-off}; null when it is whole
 * @param thoughtOnly whether it was cut while the model thought, before any word of the answer
 * @param cost null when nobody said
 */
public record ChatReply(
    String text,
    @Nullable String fault,
    @Nullable String cut,
    boolean thoughtOnly,
    Tokens tokens,
    @Nullable Cost cost) {
  static ChatReply unusable(String fault, Tokens tokens, @Nullable Cost cost) {
    return new ChatReply("", fault, null, false, tokens, cost);
  }
}
