package dev.kodo.model.http;

import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.chat.ChatModel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A chat endpoint, whose wire format LangChain4j writes and reads. Safe for use by many threads.
 */
public final class ChatEndpoint {
  private static final Logger LOG = LoggerFactory.getLogger(ChatEndpoint.class);

  private final EndpointSettings settings;
  private final Wire wire;
  private volatile Dialect dialect;

  /** One wire format. */
  public interface Wire {
    /** Name of the field that carries the JSON schema of the answer. */
    String schemaWord();

    TokenCounts tokenCounts();

    /** A model of the library that asks through {@code http}, without retries of its own. */
    ChatModel model(
        EndpointSettings settings, ChatMessages messages, Dialect words, HttpClientBuilder http);
  }

  public ChatEndpoint(EndpointSettings settings, Wire wire) {
    this.settings = settings;
    this.wire = wire;
    this.dialect = Dialect.usual(wire.schemaWord());
  }

  /**
   * Has the messages answered once. A request that the endpoint refuses because of an optional word
   * of the protocol is sent again without the word, at most once for each word, and the word is
   * never used again.
   *
   * @throws EndpointRefused for no connection and for an HTTP error status
   * @throws OutcomeUnknown for a time-out, a cut connection, an interrupt
   */
  public ChatReply send(ChatMessages messages) {
    Dialect tried = dialect;
    while (true) {
      try {
        return once(messages, tried);
      } catch (EndpointRefused refused) {
        Optional<Dialect> next = tried.after(refused);
        if (next.isEmpty()) {
          throw refused;
        }
        tried = next.get();
        dialect = tried;
        LOG.info("{} does not take all of the protocol; using {} from now on", settings, tried);
      }
    }
  }

  private ChatReply once(ChatMessages messages, Dialect words) {
    SingleRequestClient client = new SingleRequestClient(settings.target(), wire.tokenCounts());
    ChatModel model =
        wire.model(
            settings,
            messages,
            words,
            new SingleRequestClientBuilder(client, settings.target().timeout()));
    try {
      return ChatTranslation.reply(
          model.chat(ChatTranslation.request(messages, words)), cost(client.answered()));
    } catch (RuntimeException thrown) {
      @Nullable Answered answered = client.answered();
      if (answered != null) {
        return ChatReply.unusable(fault(answered), cost(answered));
      }
      throw client.failure() == null ? thrown : client.failure();
    }
  }

  private String fault(Answered answered) {
    return answered.body().complete()
        ? "is not a chat completion"
        : "is larger than model.max-answer-size (%d bytes)"
            .formatted(settings.target().maxAnswerBytes());
  }

  private static @Nullable Cost cost(@Nullable Answered answered) {
    return answered == null ? null : Cost.from(answered.head()).orElse(null);
  }
}
