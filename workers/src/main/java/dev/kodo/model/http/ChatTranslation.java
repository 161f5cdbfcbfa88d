package dev.kodo.model.http;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Between our words and those of LangChain4j. */
final class ChatTranslation {
  private ChatTranslation() {}

  static ChatRequest request(ChatMessages messages) {
    List<ChatMessage> all = new ArrayList<>();
    all.add(SystemMessage.from(messages.system()));
    String first = messages.turns().getFirst();
    if (messages.marked() > 0) {
      all.add(marked(first.substring(0, messages.marked())));
    }
    all.add(UserMessage.from(first.substring(messages.marked())));
    for (int i = 1; i < messages.turns().size(); i++) {
      String turn = messages.turns().get(i);
      all.add(i % 2 == 0 ? UserMessage.from(turn) : AiMessage.from(turn));
    }
    var request = ChatRequest.builder().messages(all);
    return messages.schema().isEmpty()
        ? request.build()
        : request.responseFormat(format(messages)).build();
  }

  /** The library writes this attribute as Anthropic's mark behind the text. */
  private static ChatMessage marked(String text) {
    return UserMessage.builder()
        .addContent(TextContent.from(text))
        .attributes(Map.of("cache_control", "ephemeral"))
        .build();
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

  static ChatReply reply(ChatResponse response, @Nullable Cost cost) {
    @Nullable String text = response.aiMessage().text();
    Thoughts parted = Thoughts.outOf(text == null ? "" : text);
    boolean cut = response.finishReason() == FinishReason.LENGTH;
    return new ChatReply(
        parted.answer(),
        response.finishReason() == FinishReason.CONTENT_FILTER
            ? "was withheld by the provider's content filter"
            : null,
        cut ? "length" : null,
        cut && parted.any() && parted.answer().isBlank(),
        Tokens.of(response.tokenUsage()),
        cost);
  }
}
