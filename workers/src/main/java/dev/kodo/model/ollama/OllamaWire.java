package dev.kodo.model.ollama;

import dev.kodo.model.http.ChatEndpoint;
import dev.kodo.model.http.ChatMessages;
import dev.kodo.model.http.Dialect;
import dev.kodo.model.http.EndpointSettings;
import dev.kodo.model.http.TokenCounts;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code POST <base>/api/chat}. */
public final class OllamaWire implements ChatEndpoint.Wire {
  private static final TokenCounts COUNTS =
      new TokenCounts("", List.of("prompt_eval_count", "eval_count"));

  @Override
  public String schemaWord() {
    return "format";
  }

  @Override
  public TokenCounts tokenCounts() {
    return COUNTS;
  }

  @Override
  public ChatModel model(
      EndpointSettings settings, ChatMessages messages, Dialect words, HttpClientBuilder http) {
    Map<String, String> headers = new HashMap<>(messages.headers());
    headers.put("Authorization", "Bearer " + settings.target().token());
    return OllamaChatModel.builder()
        .maxRetries(0)
        .httpClientBuilder(http)
        .baseUrl(settings.target().address())
        .modelName(settings.modelName())
        .numPredict(settings.maxOutputTokens())
        .customHeaders(headers)
        .build();
  }
}
