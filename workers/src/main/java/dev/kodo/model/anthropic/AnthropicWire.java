package dev.kodo.model.anthropic;

import dev.kodo.model.http.ChatEndpoint;
import dev.kodo.model.http.ChatMessages;
import dev.kodo.model.http.EndpointSettings;
import dev.kodo.model.http.Words;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.StreamingChatModel;

/** {@code POST <base>/v1/messages}. */
public final class AnthropicWire implements ChatEndpoint.Wire {
  @Override
  public StreamingChatModel streaming(
      EndpointSettings settings, ChatMessages messages, Words words, HttpClientBuilder http) {
    return AnthropicStreamingChatModel.builder()
        .httpClientBuilder(http)
        .baseUrl(settings.target().address() + "/v1")
        .apiKey(settings.target().token())
        .modelName(settings.modelName())
        .maxTokens(messages.bound())
        .customHeaders(messages.headers())
        .supportedCapabilities(Capability.RESPONSE_FORMAT_JSON_SCHEMA)
        .build();
  }
}
