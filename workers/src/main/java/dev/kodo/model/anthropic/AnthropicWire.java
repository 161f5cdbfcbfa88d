package dev.kodo.model.anthropic;

import dev.kodo.model.http.ChatEndpoint;
import dev.kodo.model.http.ChatMessages;
import dev.kodo.model.http.Dialect;
import dev.kodo.model.http.EndpointSettings;
import dev.kodo.model.http.TokenCounts;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import java.util.List;

/** {@code POST <base>/v1/messages}. */
public final class AnthropicWire implements ChatEndpoint.Wire {
  private static final TokenCounts COUNTS =
      new TokenCounts("usage", List.of("input_tokens", "output_tokens"));

  @Override
  public String schemaWord() {
    return "output_config";
  }

  @Override
  public TokenCounts tokenCounts() {
    return COUNTS;
  }

  @Override
  public ChatModel model(
      EndpointSettings settings, ChatMessages messages, Dialect words, HttpClientBuilder http) {
    return AnthropicChatModel.builder()
        .httpClientBuilder(http)
        .baseUrl(settings.target().address() + "/v1")
        .apiKey(settings.target().token())
        .modelName(settings.modelName())
        .maxTokens(settings.maxOutputTokens())
        .customHeaders(messages.headers())
        .supportedCapabilities(Capability.RESPONSE_FORMAT_JSON_SCHEMA)
        .maxRetries(0)
        .build();
  }
}
