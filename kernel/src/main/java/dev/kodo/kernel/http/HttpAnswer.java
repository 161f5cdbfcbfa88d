package dev.kodo.kernel.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kodo.kernel.home.Json;
import java.io.IOException;

/** What a server answered. */
public record HttpAnswer(int status, String text) {
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
