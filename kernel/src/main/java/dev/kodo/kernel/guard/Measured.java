package dev.kodo.kernel.guard;

import org.jspecify.annotations.Nullable;

/**
 * What one call has shown of its model. What nobody said is null, never 0.
 *
 * @param status of the provider's answer; 0 when none came
 * @param error the beginning of the body of an answer of 300 or more, without the key
 * @param tokens what the answer says about its own tokens
 * @param answerBytes of the text that came, in UTF-8
 * @param thoughtBytes of the thoughts that came, in UTF-8
 * @param finish the provider's own word for the end, such as {@code stop} or {@code length}
 * @param model the one that the answer names
 * @param fingerprint the answer's {@code system_fingerprint}
 * @param read what was read anew: neither cached tokens nor loading nor waiting count
 * @param write what was written, thoughts included
 */
record Measured(
    Ended ended,
    int status,
    @Nullable String error,
    Tokens tokens,
    long answerBytes,
    long thoughtBytes,
    @Nullable String finish,
    @Nullable String model,
    @Nullable String fingerprint,
    @Nullable Pace read,
    @Nullable Pace write) {

  /**
   * Tokens by the provider's own count.
   *
   * @param reported whether it counted both input and output, and plausibly
   * @param input all of them, cached ones included
   * @param cached those of the input that came from a cache
   * @param cacheWritten those of the input that were written into a cache at a price of their own
   * @param thinking those of the output that were thoughts; by their share of the text where they
   *     are shown and not counted
   */
  record Tokens(
      boolean reported,
      @Nullable Integer input,
      @Nullable Integer cached,
      @Nullable Integer cacheWritten,
      @Nullable Integer output,
      @Nullable Integer thinking) {}

  /**
   * How fast.
   *
   * @param byServer whether the server measured it itself, else by the stream's events
   */
  record Pace(@Nullable Integer tokens, long millis, boolean byServer) {}
}
