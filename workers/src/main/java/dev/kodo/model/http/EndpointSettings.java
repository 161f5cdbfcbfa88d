package dev.kodo.model.http;

/**
 * Where and what to ask.
 *
 * @param maxOutputTokens no question is sent with a larger bound
 * @param streams false for an endpoint that answers all at once
 */
public record EndpointSettings(
    Target target, String modelName, int maxOutputTokens, boolean streams) {
  @Override
  public String toString() {
    return modelName + " at " + target.address();
  }
}
