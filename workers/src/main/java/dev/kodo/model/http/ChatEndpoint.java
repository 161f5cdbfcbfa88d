package dev.kodo.model.http;

import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import org.jspecify.annotations.Nullable;

/**
 * A chat endpoint, whose wire format LangChain4j writes and reads. Safe for use by many threads.
 */
public final class ChatEndpoint {
  private final EndpointSettings settings;
  private final Wire wire;

  /** One wire format. */
  public interface Wire {
    /** A model of the library that asks through {@code http}, and whose answer comes in parts. */
    StreamingChatModel streaming(
        EndpointSettings settings, ChatMessages messages, Words words, HttpClientBuilder http);

    /**
     * The same with an answer that comes all at once, without retries of its own.
     *
     * @throws IllegalStateException in a format in which every endpoint streams
     */
    default ChatModel whole(
        EndpointSettings settings, ChatMessages messages, Words words, HttpClientBuilder http) {
      throw new IllegalStateException("Expected an endpoint that streams at " + settings);
    }
  }

  public ChatEndpoint(EndpointSettings settings, Wire wire) {
    this.settings = settings;
    this.wire = wire;
  }

  /** False where answers come all at once. */
  public boolean streams() {
    return settings.streams();
  }

  /**
   * Has the messages answered once.
   *
   * @throws EndpointRefused for no connection and for an HTTP error status
   * @throws OutcomeUnknown for a time-out or a cut connection before any part of a stream came, and
   *     for an interrupt
   */
  public ChatReply send(ChatMessages messages, Words words) {
    ChatMessages bounded = messages.atMost(settings.maxOutputTokens());
    SingleRequestClient client = new SingleRequestClient(settings.target(), words);
    var http = new SingleRequestClientBuilder(client, settings.target().timeout());
    return settings.streams()
        ? streamed(client, wire.streaming(settings, bounded, words, http), bounded)
        : whole(client, wire.whole(settings, bounded, words, http), bounded);
  }

  private ChatReply whole(SingleRequestClient client, ChatModel model, ChatMessages messages) {
    try {
      return ChatTranslation.reply(
          model.chat(ChatTranslation.request(messages)), cost(client.answered()));
    } catch (RuntimeException thrown) {
      @Nullable Answered answered = client.answered();
      if (answered != null) {
        return ChatReply.unusable(fault(answered), Tokens.NONE, cost(answered));
      }
      throw client.failure() == null ? thrown : client.failure();
    }
  }

  private String fault(Answered answered) {
    return answered.body().complete() ? "is not a chat completion" : tooLarge();
  }

  private ChatReply streamed(
      SingleRequestClient client, StreamingChatModel model, ChatMessages messages) {
    PartialText parts = new PartialText();
    try {
      model.chat(ChatTranslation.request(messages), parts);
    } catch (RuntimeException thrown) {
      throw client.failure() == null ? thrown : client.failure();
    }
    @Nullable Answered answered = client.answered();
    @Nullable StreamEvents events = client.events();
    if (answered == null || events == null) {
      @Nullable RuntimeException failure = client.failure();
      throw failure == null
          ? new IllegalStateException("Expected the library to send its request")
          : failure;
    }
    return new StreamedReply(answered, events, parts.text(), settings.target().maxAnswerBytes())
        .read();
  }

  private String tooLarge() {
    return StreamedReply.tooLarge(settings.target().maxAnswerBytes());
  }

  private static @Nullable Cost cost(@Nullable Answered answered) {
    return answered == null ? null : Cost.from(answered.head()).orElse(null);
  }
}
