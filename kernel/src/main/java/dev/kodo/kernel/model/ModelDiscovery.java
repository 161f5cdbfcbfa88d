package dev.kodo.kernel.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kodo.kernel.http.HttpAnswer;
import dev.kodo.kernel.http.HttpCall;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks for language models: servers on this machine, then keys of hosted ones. */
public final class ModelDiscovery {
  /** For servers that may be there, one after the other before every start. */
  private static final Duration GLANCE = Duration.ofMillis(300);

  /** For an endpoint that somebody named; it may be far away. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final List<ModelEndpoint> LOCAL =
      List.of(
          new ModelEndpoint("LM Studio", "http://127.0.0.1:1234/v1", "", ""),
          new ModelEndpoint(ModelEndpoint.OLLAMA, "http://127.0.0.1:11434/v1", "", ""),
          new ModelEndpoint("llama.cpp", "http://127.0.0.1:8080/v1", "", ""),
          new ModelEndpoint("vLLM", "http://127.0.0.1:8000/v1", "", ""));
  private static final List<ModelEndpoint> HOSTED =
      List.of(
          new ModelEndpoint(
              "OpenRouter",
              "https://openrouter.ai/api/v1",
              "openrouter/auto",
              "OPENROUTER_API_KEY"),
          new ModelEndpoint(
              "OpenAI", "https://api.openai.com/v1", "gpt-4o-mini", "OPENAI_API_KEY"));

  private final List<ModelEndpoint> local;
  private final Map<String, String> environment;

  public ModelDiscovery(Map<String, String> environment) {
    this(LOCAL, environment);
  }

  ModelDiscovery(List<ModelEndpoint> local, Map<String, String> environment) {
    this.local = local;
    this.environment = environment;
  }

  /** All that is there, the best first. A local server costs nothing and keeps the text here. */
  public List<ModelEndpoint> find() {
    List<ModelEndpoint> found = new ArrayList<>();
    for (ModelEndpoint candidate : local) {
      firstModel(candidate.baseUrl())
          .map(m -> new ModelEndpoint(candidate.title(), candidate.baseUrl(), m, ""))
          .ifPresent(found::add);
    }
    HOSTED.stream()
        .filter(hosted -> !environment.getOrDefault(hosted.apiKeyEnv(), "").isBlank())
        .forEach(found::add);
    return found;
  }

  private static Optional<String> firstModel(String baseUrl) {
    try {
      return ask(baseUrl, "", GLANCE);
    } catch (IOException | RuntimeException nothing) {
      return Optional.empty();
    }
  }

  /**
   * The first model that can talk at an endpoint that somebody configured.
   *
   * @throws IOException when it does not answer the question; the message says why
   */
  Optional<String> firstModel(String baseUrl, String key) throws IOException {
    try {
      return ask(baseUrl, key, PATIENCE);
    } catch (UnknownHostException e) {
      throw new IOException("there is no host " + e.getMessage(), e);
    } catch (SocketTimeoutException e) {
      throw new IOException("no answer within " + PATIENCE.toSeconds() + " s", e);
    }
  }

  private static Optional<String> ask(String baseUrl, String key, Duration timeout)
      throws IOException {
    HttpCall call = HttpCall.get(baseUrl + "/models").timeout(timeout);
    if (!key.isEmpty()) {
      call.header("Authorization", "Bearer " + key);
    }
    HttpAnswer answer = call.send();
    if (!answer.isOk()) {
      throw new IOException("it answered " + answer.status() + ": " + answer.excerpt());
    }
    return talking(answer.json().path("data"));
  }

  private static Optional<String> talking(JsonNode models) {
    for (JsonNode model : models) {
      String id = model.path("id").asText();
      if (!id.isBlank() && !id.contains("embed")) {
        return Optional.of(id);
      }
    }
    return Optional.empty();
  }
}
