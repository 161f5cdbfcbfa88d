package dev.kodo.model.openai;

import java.util.Optional;

/**
 * Which optional words of the protocol an endpoint understands. Learned from its refusals: a
 * request that was refused for such a word had no effect and may be sent again without it.
 *
 * @param responseFormat {@code response_format} with a JSON schema, else the schema stands in the
 *     prompt only
 * @param maxCompletionTokens {@code max_completion_tokens} instead of the older {@code max_tokens}
 */
record Dialect(boolean responseFormat, boolean maxCompletionTokens) {
  static final Dialect USUAL = new Dialect(true, false);

  /** What to try next; empty when the refusal is about something else. */
  Optional<Dialect> after(EndpointRefused refusal) {
    if (responseFormat && refusal.mentions("response_format")) {
      return Optional.of(new Dialect(false, maxCompletionTokens));
    }
    if (!maxCompletionTokens && refusal.mentions("max_completion_tokens")) {
      return Optional.of(new Dialect(responseFormat, true));
    }
    return Optional.empty();
  }
}
