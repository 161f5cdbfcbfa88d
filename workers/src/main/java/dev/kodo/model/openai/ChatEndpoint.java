package dev.kodo.model.openai;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An OpenAI-compatible chat endpoint. Safe for use by many threads. */
public final class ChatEndpoint {
  private static final Logger LOG = LoggerFactory.getLogger(ChatEndpoint.class);

  private final EndpointSettings settings;
  private volatile Dialect dialect = Dialect.USUAL;

  public ChatEndpoint(EndpointSettings settings) {
    this.settings = settings;
  }

  /**
   * Has the messages answered once. A request that the endpoint refuses because of an optional word
   * of the protocol is sent again without the word, at most once for each word, and the word is
   * never used again.
   *
   * @throws EndpointRefused when the request certainly had no effect
   * @throws OutcomeUnknown when it may have had one: time-out, cut connection, interrupt
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
    SingleRequestClient client = new SingleRequestClient(settings);
    try {
      return reply(model(messages, words, client).chat(request(messages, words)));
    } catch (RuntimeException thrown) {
      if (client.tooLarge()) {
        return ChatReply.unusable(
            "is larger than model.max-answer-size (%d bytes)".formatted(settings.maxAnswerBytes()));
      }
      if (client.answered()) {
        return ChatReply.unusable("is not a chat completion");
      }
      throw client.failure() == null ? thrown : client.failure();
    }
  }

  private OpenAiChatModel model(ChatMessages messages, Dialect words, SingleRequestClient client) {
    var model =
        OpenAiChatModel.builder()
            .httpClientBuilder(new SingleRequestClientBuilder(client, settings.timeout()))
            .baseUrl(settings.baseUrl())
            .modelName(settings.modelName())
            .customHeaders(Map.of("Idempotency-Key", messages.callKey()))
            .strictJsonSchema(true)
            .maxRetries(0);
    if (settings.apiKey() != null) {
      model.apiKey(settings.apiKey());
    }
    return words.maxCompletionTokens()
        ? model.maxCompletionTokens(settings.maxOutputTokens()).build()
        : model.maxTokens(settings.maxOutputTokens()).build();
  }

  private static ChatRequest request(ChatMessages messages, Dialect words) {
    List<ChatMessage> all = new ArrayList<>();
    all.add(SystemMessage.from(messages.system()));
    for (int i = 0; i < messages.turns().size(); i++) {
      String turn = messages.turns().get(i);
      all.add(i % 2 == 0 ? UserMessage.from(turn) : AiMessage.from(turn));
    }
    var request = ChatRequest.builder().messages(all);
    return words.responseFormat()
        ? request.responseFormat(format(messages)).build()
        : request.build();
  }

  private static ResponseFormat format(ChatMessages messages) {
    return ResponseFormat.builder()
        .type(ResponseFormatType.JSON)
        .jsonSchema(
            JsonSchema.builder()
                .name(messages.schemaName())
                .rootElement(JsonRawSchema.from(messages.schema()))
                .build())
        .build();
  }

  private static ChatReply reply(ChatResponse response) {
    @Nullable String text = response.aiMessage().text();
    @Nullable TokenUsage usage = response.tokenUsage();
    return new ChatReply(
        text == null ? "" : text,
        fault(response.finishReason()),
        usage == null ? 0 : count(usage.inputTokenCount()),
        usage == null ? 0 : count(usage.outputTokenCount()));
  }

  private static @Nullable String fault(@Nullable FinishReason reason) {
    if (reason == FinishReason.LENGTH) {
      return "was cut off at model.max-output-tokens";
    }
    return reason == FinishReason.CONTENT_FILTER
        ? "was withheld by the provider's content filter"
        : null;
  }

  private static int count(@Nullable Integer tokens) {
    return tokens == null ? 0 : Math.max(0, tokens);
  }
}
