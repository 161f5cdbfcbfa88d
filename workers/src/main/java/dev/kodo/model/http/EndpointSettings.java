package dev.kodo.model.http;

/**
 * Where and what to ask.
 *
 * @param maxOutputTokens sent with every request: the guard reserves their price
 */
public record EndpointSettings(Target target, String modelName, int maxOutputTokens) {
  @Override
  public String toString() {
    return modelName + " at " + target.address();
  }
}
