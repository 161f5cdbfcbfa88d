package dev.kodo.kernel.guard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kodo.kernel.guard.http.Exchange;
import dev.kodo.kernel.guard.http.Headers;
import dev.kodo.kernel.home.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The guard's own answers to calls that it does not make or cannot complete. */
final class Refusals {
  private Refusals() {}

  static void answer(Exchange exchange, CallRefused refused, Headers headers) throws IOException {
    ObjectNode json = Json.object();
    ObjectNode error = json.putObject("error");
    error.put("type", "kodo_guard").put("code", refused.code().word());
    error.put("message", refused.sentence()).put("next", refused.code().next());
    refused.cap().ifPresent(cap -> error.put("cap", cap));
    headers.add("Content-Type", "application/json");
    headers.add("Kodo-Guard", refused.code().word());
    exchange.answer(
        refused.code().status(), headers, Json.print(json).getBytes(StandardCharsets.UTF_8));
  }
}
