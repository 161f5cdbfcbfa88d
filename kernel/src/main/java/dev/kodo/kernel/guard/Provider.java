package dev.kodo.kernel.guard;

import dev.kodo.kernel.budget.Price;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Somebody who answers model calls.
 *
 * @param baseUrl empty for a command
 * @param own the price that models.yml itself gives: free, or flat
 * @param timeout from the request to the last byte of the answer
 * @param command the program and its arguments; empty for a server
 */
record Provider(
    String name,
    Kind kind,
    Optional<URI> baseUrl,
    ProviderKey key,
    Optional<Price> own,
    Duration timeout,
    int maxOutputTokens,
    List<String> command) {

  Provider {
    command = List.copyOf(command);
  }

  /** How a provider is spoken to. */
  @SuppressWarnings("ImmutableEnumChecker") // The wire formats keep no state.
  enum Kind {
    OPENAI(new OpenAiWire()),
    ANTHROPIC(new AnthropicWire()),
    OLLAMA(new OllamaWire()),
    /** A program that the guard runs itself; callers speak to it as to OpenAI. */
    COMMAND(new OpenAiWire());

    private final Wire wire;

    Kind(Wire wire) {
      this.wire = wire;
    }

    Wire wire() {
      return wire;
    }

    /** The form of the calls, as models.json names it. */
    String wireName() {
      return (this == COMMAND ? OPENAI : this).name().toLowerCase(Locale.ROOT);
    }
  }
}
