package dev.kodo.model.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.model.output.TokenUsage;
import org.jspecify.annotations.Nullable;

/**
 * What a call took. A count that makes no sense is as good as none.
 *
 * @param input cached ones included; 0 when nobody said
 * @param output thoughts included; 0 when nobody said
 * @param cached null when nobody said
 * @param thinking null when nobody said
 */
public record Tokens(int input, int output, @Nullable Integer cached, @Nullable Integer thinking) {
  static final Tokens NONE = new Tokens(0, 0, null, null);

  static Tokens of(@Nullable TokenUsage usage) {
    return usage == null
        ? NONE
        : new Tokens(zero(usage.inputTokenCount()), zero(usage.outputTokenCount()), null, null);
  }

  /** From the guard's last event. */
  static Tokens of(JsonNode event) {
    return new Tokens(
        zero(count(event.path("input_tokens"))),
        zero(count(event.path("output_tokens"))),
        count(event.path("cached_tokens")),
        count(event.path("thinking_tokens")));
  }

  private static @Nullable Integer count(JsonNode node) {
    return node.isInt() && node.intValue() >= 0 ? node.intValue() : null;
  }

  private static int zero(@Nullable Integer count) {
    return count == null ? 0 : count;
  }
}
