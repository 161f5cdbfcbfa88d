package dev.kodo.model.http;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects the text of a stream. Its beginning is of use also when the library finds fault with the
 * rest, or is never told of an end.
 */
final class PartialText implements StreamingChatResponseHandler {
  private static final Logger LOG = LoggerFactory.getLogger(PartialText.class);

  private final StringBuilder text = new StringBuilder();

  @Override
  public void onPartialResponse(String part) {
    text.append(part);
  }

  @Override
  public void onCompleteResponse(ChatResponse whole) {
    // All of its text came in parts.
  }

  @Override
  public void onError(Throwable fault) {
    LOG.debug("The library could not read an event of a stream: {}", fault.toString());
  }

  String text() {
    return text.toString();
  }
}
