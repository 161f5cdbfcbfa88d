package dev.kodo.model;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/**
 * What the guard knows of one model and its server. Where the guard does not know, a text is {@code
 * unknown} and a number is null.
 *
 * @param server {@code llama.cpp}, {@code ollama}, {@code vllm} or {@code lm-studio}
 * @param fingerprint changes with the server's build and the model that it has loaded; empty when
 *     unknown
 * @param contextTokens longest prompt and answer together
 * @param tokenize whether the server counts tokens for the asking
 * @param bytesPerToken least ratio seen, which is the worst case
 * @param tools {@code yes} where tools reach the prompt, or {@code no}
 * @param schema {@code enforced} or {@code ignored}
 * @param usage {@code yes} where the server reports tokens, or {@code no}
 * @param cache {@code no} after ten calls without a cached token, or {@code yes}
 * @param thinks {@code yes} or {@code no}
 * @param thinkRoom tokens that the guard adds to each bound for thoughts
 * @param readPerSecond tokens of a prompt
 * @param writePerSecond tokens of an answer
 * @param cachePrices whether the guard knows what it costs to write into the provider's cache; it
 *     refuses a mark for the cache otherwise
 * @param maxOutputTokens the provider's own bound of thoughts and answer together
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Facts(
    String provider,
    String model,
    String server,
    String fingerprint,
    @Nullable Integer contextTokens,
    boolean tokenize,
    @Nullable Double bytesPerToken,
    String tools,
    String schema,
    String usage,
    String cache,
    String thinks,
    @Nullable Integer thinkRoom,
    @Nullable Double readPerSecond,
    @Nullable Double writePerSecond,
    @Nullable Integer maxOutputTokens,
    boolean priced,
    boolean cachePrices) {
  private static final String UNKNOWN = "unknown";

  static int orNone(@Nullable Integer tokens) {
    return tokens == null ? 0 : tokens;
  }

  boolean ignoresSchemas() {
    return schema.equals("ignored");
  }

  /** Jackson leaves components null whatever their declaration says. */
  @SuppressWarnings("ConstantValue")
  public Facts {
    provider = provider == null ? "" : provider;
    model = model == null ? "" : model;
    server = server == null ? UNKNOWN : server;
    fingerprint = fingerprint == null ? "" : fingerprint;
    tools = tools == null ? UNKNOWN : tools;
    schema = schema == null ? UNKNOWN : schema;
    usage = usage == null ? UNKNOWN : usage;
    cache = cache == null ? UNKNOWN : cache;
    thinks = thinks == null ? UNKNOWN : thinks;
  }
}
