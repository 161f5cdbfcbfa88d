package dev.kodo.model.http;

/**
 * Which of two words a request uses where a protocol has both.
 *
 * @param maxCompletionTokens {@code max_completion_tokens} instead of the older {@code max_tokens}
 * @param streamOptions whether usage is asked for in a stream by {@code stream_options}
 */
public record Words(boolean maxCompletionTokens, boolean streamOptions) {
  public static final Words USUAL = new Words(false, true);
}
