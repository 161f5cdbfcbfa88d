package dev.kodo.process;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camunda.client.CamundaClient;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProcessEngineTest {
  static Stream<Named<Command>> commands() {
    return Stream.of(
        Named.of("isRunning", engine -> engine.isRunning(1)),
        Named.of("publish", engine -> engine.publish("m", "k", Duration.ZERO, Map.of())),
        Named.of("publishOnce", engine -> engine.publishOnce("m", "k", "id", Duration.ZERO)),
        Named.of("correlate", engine -> engine.correlate("m", "k", Map.of())),
        Named.of("canary", ProcessEngine::canary));
  }

  /** One thing that is asked of the engine. */
  interface Command {
    void run(ProcessEngine engine);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void tellsInItsOwnWordsThatTheEngineIsGone(Command command) {
    URI nobody = URI.create("http://127.0.0.1:1");
    try (CamundaClient client =
        CamundaClient.newClientBuilder()
            .grpcAddress(nobody)
            .restAddress(nobody)
            .preferRestOverGrpc(false)
            .defaultRequestTimeout(Duration.ofSeconds(5))
            .build()) {
      ProcessEngine engine = new ProcessEngine(client);

      assertThatThrownBy(() -> command.run(engine)).isInstanceOf(EngineUnavailable.class);
    }
  }
}
