package dev.kodo.model.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the guard says in the event of its own with which it closes each stream.
 *
 * @param ended how the guard saw the stream end
 * @param cost null when it does not say
 */
record Ending(String ended, Tokens tokens, @Nullable Cost cost) {
  private static final Set<String> CUTS = Set.of("timeout", "deadline", "stopped", "cut-off");

  static Ending of(JsonNode event) {
    return new Ending(
        event.path("ended").asText(),
        Tokens.of(event),
        Cost.of(event.path("cost_usd").asText(), event.path("basis").asText()).orElse(null));
  }

  /** Empty for a stream that came to the provider's own end. */
  Optional<String> cut() {
    if (ended.equals("complete")) {
      return Optional.empty();
    }
    return Optional.of(CUTS.contains(ended) ? ended : "cut-off");
  }

  boolean tooLarge() {
    return ended.equals("too-large");
  }
}
