package dev.kodo.model.openai;

import dev.kodo.model.http.ChatEndpoint;
import dev.kodo.model.http.ChatMessages;
import dev.kodo.model.http.Dialect;
import dev.kodo.model.http.EndpointSettings;
import dev.kodo.model.http.TokenCounts;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import java.util.List;

/** {@code POST <base>/chat/completions}. */
public final class OpenAiWire implements ChatEndpoint.Wire {
  private static final TokenCounts COUNTS =
      new TokenCounts("usage", List.of("prompt_tokens", "completion_tokens", "total_tokens"));

  @Override
  public String schemaWord() {
    return "response_format";
  }

  @Override
  public TokenCounts tokenCounts() {
    return COUNTS;
  }

  @Override
  public ChatModel model(
      EndpointSettings settings, ChatMessages messages, Dialect words, HttpClientBuilder http) {
    var model =
        OpenAiChatModel.builder()
            .httpClientBuilder(http)
            .baseUrl(settings.target().address())
            .apiKey(settings.target().token())
            .modelName(settings.modelName())
            .customHeaders(messages.headers())
            .strictJsonSchema(true)
            .maxRetries(0);
    return words.maxCompletionTokens()
        ? model.maxCompletionTokens(settings.maxOutputTokens()).build()
        : model.maxTokens(settings.maxOutputTokens()).build();
  }
}
