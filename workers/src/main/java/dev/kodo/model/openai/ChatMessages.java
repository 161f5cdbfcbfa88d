package dev.kodo.model.openai;

import java.util.List;

/**
 * What is sent.
 *
 * @param callKey sent as the header {@code Idempotency-Key}
 * @param turns user and assistant texts in turn, user first and last
 * @param schemaName letters, digits, {@code _} and {@code -}
 * @param schema JSON schema of the answer, as JSON
 */
public record ChatMessages(
    String callKey, String system, List<String> turns, String schemaName, String schema) {
  public ChatMessages {
    turns = List.copyOf(turns);
  }
}
