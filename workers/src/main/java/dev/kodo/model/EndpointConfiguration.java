package dev.kodo.model;

import dev.kodo.config.KodoProperties;
import dev.kodo.model.openai.EndpointSettings;
import java.net.URI;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Checks the settings of an endpoint at start, so that no heartbeat fails for a typing error. */
final class EndpointConfiguration {
  private static final int LARGEST_ANSWER = 64 * 1024 * 1024;

  private EndpointConfiguration() {}

  /**
   * @param environment value of an environment variable, null when it is not set
   * @throws IllegalStateException with what to correct
   */
  static EndpointSettings read(
      KodoProperties.Model model, Function<String, @Nullable String> environment) {
    return new EndpointSettings(
        address(required("model.base-url", model.baseUrl())),
        required("model.name", model.name()),
        key(model.apiKeyEnv(), environment),
        model.timeout(),
        model.maxOutputTokens(),
        Math.clamp(model.maxAnswerSize().toBytes(), 1, LARGEST_ANSWER));
  }

  private static String required(String key, @Nullable String value) {
    if (value == null || value.isBlank()) {
      throw new IllegalStateException(
          "model.provider is openai but %s is not set. Set it, or set model.provider to rehearsal."
              .formatted(key));
    }
    return value.strip();
  }

  private static String address(String baseUrl) {
    URI address;
    try {
      address = URI.create(baseUrl);
    } catch (IllegalArgumentException malformed) {
      throw wrongAddress(malformed);
    }
    boolean http = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
    // An address with a password in it would be shown on the status page.
    if (!http || address.getHost() == null || address.getUserInfo() != null) {
      throw wrongAddress(null);
    }
    return baseUrl;
  }

  private static IllegalStateException wrongAddress(@Nullable Exception cause) {
    return new IllegalStateException(
        "model.base-url is not an http or https address without user name and password. "
            + "Set it to something like http://127.0.0.1:1234/v1.",
        cause);
  }

  private static @Nullable String key(
      @Nullable String variable, Function<String, @Nullable String> environment) {
    if (variable == null || variable.isBlank()) {
      return null;
    }
    @Nullable String value = environment.apply(variable.strip());
    if (value == null || value.isBlank()) {
      throw new IllegalStateException(
          "model.api-key-env names the environment variable %s, but it is not set. Set it to the key of the model's endpoint, or remove model.api-key-env."
              .formatted(variable.strip()));
    }
    if (!value.strip().chars().allMatch(c -> c > ' ' && c < 0x7F)) {
      throw new IllegalStateException(
          "The environment variable %s holds characters that no key has. Set it again, on one line."
              .formatted(variable.strip()));
    }
    return value.strip();
  }
}
