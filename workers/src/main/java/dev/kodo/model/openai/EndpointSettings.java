package dev.kodo.model.openai;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where and how to ask.
 *
 * @param baseUrl address that {@code /chat/completions} is added to
 * @param apiKey null for an endpoint that wants none; never printed
 * @param timeout for one request from connecting to the last byte of its answer
 * @param maxAnswerBytes a longer response is cut off and counts as unusable
 */
public record EndpointSettings(
    String baseUrl,
    String modelName,
    @Nullable String apiKey,
    Duration timeout,
    int maxOutputTokens,
    int maxAnswerBytes) {
  /** Takes the key out of a text that comes from outside. */
  String withoutKey(String text) {
    return apiKey == null ? text : text.replace(apiKey, "***");
  }

  @Override
  public String toString() {
    return modelName + " at " + baseUrl;
  }
}
