package dev.kodo.kernel.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kodo.kernel.home.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * What a server answered.
 *
 * @param headers by name, as the server spelt it
 */
public record HttpAnswer(int status, String text, Map<String, List<String>> headers) {
  /** All values of a header, in any spelling of its name; empty when there is none. */
  public List<String> header(String name) {
    return headers.entrySet().stream()
        .filter(entry -> name.equalsIgnoreCase(entry.getKey()))
        .flatMap(entry -> entry.getValue().stream())
        .toList();
  }

  public boolean isOk() {
    return status >= 200 && status < 300;
  }

  public JsonNode json() throws IOException {
    return Json.parse(text);
  }

  /** The beginning of the text, for messages. */
  public String excerpt() {
    String line = text.strip().replace('\n', ' ');
    return line.length() <= 300 ? line : line.substring(0, 300) + "…";
  }
}
