package dev.kodo.model.ollama;

import dev.kodo.model.http.ChatEndpoint;
import dev.kodo.model.http.ChatMessages;
import dev.kodo.model.http.EndpointSettings;
import dev.kodo.model.http.Words;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import java.util.HashMap;
import java.util.Map;

/** {@code POST <base>/api/chat}. */
public final class OllamaWire implements ChatEndpoint.Wire {
  @Override
  public StreamingChatModel streaming(
      EndpointSettings settings, ChatMessages messages, Words words, HttpClientBuilder http) {
    Map<String, String> headers = new HashMap<>(messages.headers());
    headers.put("Authorization", "Bearer " + settings.target().token());
    return OllamaStreamingChatModel.builder()
        .httpClientBuilder(http)
        .baseUrl(settings.target().address())
        .modelName(settings.modelName())
        .numPredict(messages.bound())
        .customHeaders(headers)
        .build();
  }
}
