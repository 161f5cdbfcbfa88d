package dev.kodo.kernel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.kodo.kernel.config.Config;
import dev.kodo.kernel.home.KodoHome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelResolutionTest {
  @TempDir Path folder;

  private HttpServer server;
  private String base;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/models",
        exchange -> {
          byte[] body =
              "{\"data\":[{\"id\":\"text-embed-1\"},{\"id\":\"qwen3-8b\"}]}"
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    base = "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void rehearsesWhenNothingIsThereAndSaysWhy() throws IOException {
    ModelChoice choice = resolve("", List.of(), Map.of());

    assertThat(choice.isRehearsal()).isTrue();
    assertThat(choice.reason()).contains("LM Studio").contains("OPENAI_API_KEY");
  }

  @Test
  void prefersALocalServerToAHostedOne() throws IOException {
    ModelChoice choice =
        resolve(
            "",
            List.of(
                new ModelEndpoint("Closed", "http://127.0.0.1:1/v1", "", ""),
                new ModelEndpoint("Local", base, "", "")),
            Map.of("OPENAI_API_KEY", "k"));

    assertThat(choice)
        .isEqualTo(new ModelChoice("openai", "qwen3-8b", base, "", "found Local, OpenAI."));
  }

  @Test
  void speaksToOllamaInItsOwnForm() throws IOException {
    ModelChoice choice = resolve("", List.of(new ModelEndpoint("Ollama", base, "", "")), Map.of());

    assertThat(choice)
        .isEqualTo(
            new ModelChoice("ollama", "qwen3-8b", base.replace("/v1", ""), "", "found Ollama."));
  }

  @Test
  void usesAHostedModelWhenItsKeyIsSet() throws IOException {
    ModelChoice choice = resolve("", List.of(), Map.of("OPENROUTER_API_KEY", "k"));

    assertThat(choice.baseUrl()).isEqualTo("https://openrouter.ai/api/v1");
    assertThat(choice.apiKeyEnv()).isEqualTo("OPENROUTER_API_KEY");
  }

  @Test
  void asksAConfiguredEndpointForItsModel() throws IOException {
    assertThat(resolve("model.base-url: " + base, List.of(), Map.of()).name())
        .isEqualTo("qwen3-8b");
  }

  @Test
  void waitsLongerForAConfiguredEndpointThanForAGuess() throws IOException {
    server.createContext(
        "/slow/models",
        exchange -> {
          LockSupport.parkNanos(Duration.ofMillis(700).toNanos());
          byte[] body = "{\"data\":[{\"id\":\"far-away\"}]}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });

    assertThat(resolve("model.base-url: " + slow(), List.of(), Map.of()).name())
        .isEqualTo("far-away");
  }

  @Test
  void saysWhyAConfiguredEndpointNamesNoModel() {
    server.createContext(
        "/closed/models",
        exchange -> {
          exchange.sendResponseHeaders(401, -1);
          exchange.close();
        });

    assertThatThrownBy(
            () ->
                resolve("model.base-url: " + slow().replace("slow", "closed"), List.of(), Map.of()))
        .hasMessageContaining("401");
    assertThatThrownBy(
            () -> resolve("model.base-url: http://nowhere.invalid/v1", List.of(), Map.of()))
        .hasMessageContaining("no host nowhere.invalid");
  }

  private String slow() {
    return base.replace("/v1", "/slow");
  }

  @Test
  void namesWhatIsMissing() {
    assertThatThrownBy(() -> resolve("model.provider: openai", List.of(), Map.of()))
        .hasMessageContaining("model.base-url");
    assertThatThrownBy(() -> resolve("model.base-url: http://127.0.0.1:1/v1", List.of(), Map.of()))
        .hasMessageContaining("model.name");
    assertThatThrownBy(() -> resolve("model.api-key-env: MY_KEY", List.of(), Map.of()))
        .hasMessageContaining("MY_KEY");
  }

  private ModelChoice resolve(
      String settings, List<ModelEndpoint> local, Map<String, String> environment)
      throws IOException {
    KodoHome home = new KodoHome(folder, folder.resolve("cache"));
    Files.writeString(home.config(), settings);
    return new ModelResolution(
            Config.load(home), environment, new ModelDiscovery(local, environment))
        .resolve();
  }
}
