package dev.kodo.model.openai;

import dev.kodo.model.http.ChatEndpoint;
import dev.kodo.model.http.ChatMessages;
import dev.kodo.model.http.EndpointSettings;
import dev.kodo.model.http.Words;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;

/** {@code POST <base>/chat/completions}. */
public final class OpenAiWire implements ChatEndpoint.Wire {
  @Override
  public ChatModel whole(
      EndpointSettings settings, ChatMessages messages, Words words, HttpClientBuilder http) {
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
        ? model.maxCompletionTokens(messages.bound()).build()
        : model.maxTokens(messages.bound()).build();
  }

  @Override
  public StreamingChatModel streaming(
      EndpointSettings settings, ChatMessages messages, Words words, HttpClientBuilder http) {
    var model =
        OpenAiStreamingChatModel.builder()
            .httpClientBuilder(http)
            .baseUrl(settings.target().address())
            .apiKey(settings.target().token())
            .modelName(settings.modelName())
            .customHeaders(messages.headers())
            .strictJsonSchema(true);
    return words.maxCompletionTokens()
        ? model.maxCompletionTokens(messages.bound()).build()
        : model.maxTokens(messages.bound()).build();
  }
}
