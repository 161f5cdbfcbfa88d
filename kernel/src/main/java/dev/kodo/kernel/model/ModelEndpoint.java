package dev.kodo.kernel.model;

/** An endpoint that was found: a local server, or a hosted one whose key is in the environment. */
public record ModelEndpoint(String title, String baseUrl, String model, String apiKeyEnv) {
  static final String OLLAMA = "Ollama";

  /** Ollama is spoken to in its own form: only there its context can be made to fit. */
  ModelChoice choice(String name, String reason) {
    return title.equals(OLLAMA)
        ? new ModelChoice("ollama", name, baseUrl.replaceFirst("/v1$", ""), apiKeyEnv, reason)
        : new ModelChoice("openai", name, baseUrl, apiKeyEnv, reason);
  }
}
