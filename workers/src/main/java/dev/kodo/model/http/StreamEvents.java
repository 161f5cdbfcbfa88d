package dev.kodo.model.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a stream and the library that reads it. Takes out the guard's own event and the
 * provider's counts, which the guard has read already, and notes what the library does not tell of
 * a stream that was cut.
 */
final class StreamEvents implements ServerSentEventListener {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Where OpenAI, Anthropic and Ollama say why a stream ends. */
  private static final List<String> FINISHES =
      List.of("/choices/0/finish_reason", "/delta/stop_reason", "/done_reason");

  /** Where they, vLLM and OpenRouter put thoughts. */
  private static final List<String> THOUGHTS =
      List.of(
          "/choices/0/delta/reasoning_content",
          "/choices/0/delta/reasoning",
          "/choices/0/delta/thinking",
          "/delta/thinking",
          "/message/thinking");

  private final ServerSentEventListener library;
  private @Nullable Ending ending;
  private @Nullable String finish;
  private boolean thoughts;

  StreamEvents(ServerSentEventListener library) {
    this.library = library;
  }

  /** The guard's own event; null when none came. */
  @Nullable Ending ending() {
    return ending;
  }

  /** Why the provider ended the stream; null when it did not say, or was cut. */
  @Nullable String finish() {
    return finish;
  }

  boolean thoughts() {
    return thoughts;
  }

  @Override
  public void onOpen(SuccessfulHttpResponse response) {
    library.onOpen(response);
  }

  @Override
  public void onEvent(ServerSentEvent event, ServerSentEventContext context) {
    if ("kodo".equals(event.event())) {
      end(event.data(), context);
      return;
    }
    if (!(json(event.data()) instanceof ObjectNode data)) {
      return;
    }
    if (event.event() == null && data.path("kodo").isObject()) {
      ending = Ending.of(data.path("kodo"));
    } else {
      note(data);
      boolean counted = data.remove("usage") != null;
      library.onEvent(
          counted ? new ServerSentEvent(event.event(), data.toString()) : event, context);
    }
  }

  /** A provider that was cut may have left an event open, whose lines then stand before ours. */
  private void end(String lines, ServerSentEventContext context) {
    int last = lines.lastIndexOf('\n');
    if (json(lines.substring(last + 1)) instanceof ObjectNode own) {
      ending = Ending.of(own);
    }
    if (last >= 0) {
      onEvent(new ServerSentEvent(null, lines.substring(0, last)), context);
    }
  }

  private void note(ObjectNode data) {
    said(data, FINISHES).findFirst().ifPresent(reason -> finish = reason);
    thoughts = thoughts || said(data, THOUGHTS).findAny().isPresent();
  }

  private static Stream<String> said(ObjectNode data, List<String> places) {
    return places.stream()
        .map(data::at)
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue)
        .filter(text -> !text.isEmpty());
  }

  private static @Nullable JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException brokenOff) {
      return null;
    }
  }

  @Override
  public void onError(Throwable unread) {
    library.onError(unread);
  }

  @Override
  public void onClose() {
    library.onClose();
  }
}
