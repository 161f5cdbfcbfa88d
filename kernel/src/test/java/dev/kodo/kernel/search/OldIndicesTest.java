package dev.kodo.kernel.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.kodo.kernel.budget.SteppingClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OldIndicesTest {
  private final List<String> indices = new CopyOnWriteArrayList<>();
  private final List<String> removed = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private final SteppingClock clock = new SteppingClock(Instant.parse("2026-11-21T12:00:00Z"));
  private OldIndices old;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    String address = "http://127.0.0.1:" + server.getAddress().getPort();
    old = new OldIndices(address, Duration.ofDays(7), clock);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String text = "{}";
    if (exchange.getRequestMethod().equals("DELETE")) {
      String name = exchange.getRequestURI().getPath().substring(1);
      removed.add(name);
      indices.remove(name);
    } else {
      text =
          indices.stream()
              .map(name -> "{\"index\":\"" + name + "\"}")
              .collect(Collectors.joining(",", "[", "]"));
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(indices.contains("broken") ? 500 : 200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void removesWhatIsOlderThanTheRecordsOfTheEngine() throws IOException {
    indices.addAll(
        List.of(
            "zeebe-record_job_8.6.0_2026-11-11",
            "zeebe-record_job_8.6.0_2026-11-12",
            "zeebe-record_job_8.6.0_2026-11-13",
            "operate-list-view-8.3.0_2026-10-01",
            "tasklist-task-8.5.0_2026-10-01"));

    old.removeNowAndThen();

    assertThat(removed)
        .containsExactlyInAnyOrder(
            "zeebe-record_job_8.6.0_2026-11-11",
            "zeebe-record_job_8.6.0_2026-11-12",
            "operate-list-view-8.3.0_2026-10-01",
            "tasklist-task-8.5.0_2026-10-01");
  }

  @Test
  void leavesTheLastIndexOfEachKindOfRecord() throws IOException {
    indices.addAll(
        List.of("zeebe-record_form_8.6.0_2026-08-01", "zeebe-record_form_8.6.0_2026-09-01"));

    old.removeNowAndThen();

    assertThat(removed).containsExactly("zeebe-record_form_8.6.0_2026-08-01");
  }

  @Test
  void leavesWhatLivesAndWhatIsNotKnown() throws IOException {
    indices.addAll(
        List.of(
            "operate-list-view-8.3.0_",
            "tasklist-task-8.5.0_",
            "operate-user-1.2.0_",
            "zeebe-record_job_8.6.0_2020-13-45",
            "somebodys-notes_2020-01-01",
            "zeebe-record_job_8.6.0_2020-01-01-reindexed"));

    old.removeNowAndThen();

    assertThat(removed).isEmpty();
  }

  @Test
  void looksOnceAnHour() throws IOException {
    old.removeNowAndThen();
    indices.add("operate-list-view-8.3.0_2026-11-01");

    clock.step(Duration.ofMinutes(59));
    old.removeNowAndThen();
    assertThat(removed).isEmpty();

    clock.step(Duration.ofMinutes(1));
    old.removeNowAndThen();
    assertThat(removed).hasSize(1);
  }

  @Test
  void saysWhatTheSearchEngineRefused() {
    indices.add("broken");

    assertThatThrownBy(old::removeNowAndThen)
        .hasMessageContaining("list its indices, but it answered 500");
  }
}
