package dev.kodo.model.http;

import java.util.Optional;

/**
 * Which optional words of a protocol an endpoint understands. Learned from its refusals: a request
 * that was refused for such a word had no effect and may be sent again without it.
 *
 * @param schemaWord field that carries the JSON schema
 * @param schema whether the schema is sent in that field, else it stands in the prompt only
 * @param maxCompletionTokens {@code max_completion_tokens} instead of the older {@code max_tokens};
 *     only OpenAI's protocol has both
 */
public record Dialect(String schemaWord, boolean schema, boolean maxCompletionTokens) {
  public static Dialect usual(String schemaWord) {
    return new Dialect(schemaWord, true, false);
  }

  /** What to try next; empty when the refusal is about something else. */
  Optional<Dialect> after(EndpointRefused refusal) {
    if (schema && refusal.mentions(schemaWord)) {
      return Optional.of(new Dialect(schemaWord, false, maxCompletionTokens));
    }
    if (!maxCompletionTokens && refusal.mentions("max_completion_tokens")) {
      return Optional.of(new Dialect(schemaWord, schema, true));
    }
    return Optional.empty();
  }
}
