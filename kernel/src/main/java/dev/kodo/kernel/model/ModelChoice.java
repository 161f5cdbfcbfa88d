package dev.kodo.kernel.model;

/**
 * The model that this run uses.
 *
 * @param provider {@code openai} (any endpoint of that kind), {@code ollama} or {@code rehearsal}
 * @param apiKeyEnv name of the environment variable with the key, or empty
 * @param reason one sentence for the person who starts Kodo
 */
public record ModelChoice(
    String provider, String name, String baseUrl, String apiKeyEnv, String reason) {

  public static ModelChoice rehearsal(String reason) {
    return new ModelChoice("rehearsal", "rehearsal", "", "", reason);
  }

  public boolean isRehearsal() {
    return provider.equals("rehearsal");
  }
}
