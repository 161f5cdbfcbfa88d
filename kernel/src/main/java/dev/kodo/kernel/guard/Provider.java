package dev.kodo.kernel.guard;

import dev.kodo.kernel.budget.Price;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Somebody who answers model calls.
 *
 * @param baseUrl empty for a command
 * @param own the price that models.yml itself gives: free, or flat
 * @param timeout from the request to the last byte of the answer
 * @param loadTimeout from the request to the first byte of the answer, while a free server may have
 *     to load the model
 * @param command the program and its arguments; empty for a server
 * @param thinking what the owner wants of models that think
 */
record Provider(
    String name,
    Kind kind,
    Optional<URI> baseUrl,
    ProviderKey key,
    Optional<Price> own,
    Duration timeout,
    Duration loadTimeout,
    int maxOutputTokens,
    List<String> command,
    Thinking thinking) {

  /** Loading a model of many gigabytes from a disk takes minutes. */
  static final Duration LOAD_TIMEOUT = Duration.ofMinutes(10);

  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[(0*:)+0*1\\]");

  Provider {
    command = List.copyOf(command);
  }

  /** Whether calls go to a server; else a program is run for each. */
  boolean speaksHttp() {
    return kind != Kind.COMMAND;
  }

  /** Whether calls, and the key with them, leave this machine in a form that others can read. */
  boolean isReadableOnTheWay() {
    return baseUrl
        .filter(base -> "http".equalsIgnoreCase(base.getScheme()))
        .filter(base -> !isLoopback(String.valueOf(base.getHost())))
        .isPresent();
  }

  /** By its name alone: whoever answers for names decides where any other one leads. */
  static boolean isLoopback(String host) {
    return LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches();
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
