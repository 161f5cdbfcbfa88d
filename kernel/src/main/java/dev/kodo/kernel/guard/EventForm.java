package dev.kodo.kernel.guard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kodo.kernel.home.Json;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** How a stream puts its events into lines. */
enum EventForm {
  /** Server-sent events. */
  SSE("text/event-stream"),
  /** A line of JSON for each. */
  NDJSON("application/x-ndjson");

  private final String type;

  EventForm(String type) {
    this.type = type;
  }

  /** Empty for a type that is no stream. */
  static Optional<EventForm> of(String contentType) {
    String type = contentType.toLowerCase(Locale.ROOT);
    return java.util.Arrays.stream(values()).filter(form -> type.startsWith(form.type)).findFirst();
  }

  /** The guard's own event, behind a line that is whole. */
  byte[] own(ObjectNode json) {
    String text =
        switch (this) {
          case SSE -> "event: kodo\ndata: " + Json.line(json) + "\n\n";
          case NDJSON -> Json.line(Json.object().set("kodo", json)) + "\n";
        };
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
