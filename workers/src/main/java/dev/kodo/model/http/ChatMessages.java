package dev.kodo.model.http;

import java.util.List;
import java.util.Map;

/**
 * What is sent.
 *
 * @param headers who asks and why; printable ASCII
 * @param turns user and assistant texts in turn, user first and last
 * @param marked how many characters of the first turn are marked for a cache; 0 where it need not
 *     be asked for, or would not pay
 * @param schemaName letters, digits, {@code _} and {@code -}
 * @param schema JSON schema of the answer, as JSON; empty where none is sent
 * @param bound most tokens of the answer
 */
public record ChatMessages(
    Map<String, String> headers,
    String system,
    List<String> turns,
    int marked,
    String schemaName,
    String schema,
    int bound) {
  public ChatMessages {
    headers = Map.copyOf(headers);
    turns = List.copyOf(turns);
  }

  ChatMessages atMost(int tokens) {
    return new ChatMessages(
        headers, system, turns, marked, schemaName, schema, Math.min(bound, tokens));
  }
}
