package dev.kodo.kernel.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.kodo.kernel.workers.WorkersApi;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeartbeatFeedTest {
  @TempDir Path folder;

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<Long> told = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private WorkersApi api;
  private Path file;

  @BeforeEach
  void start() throws IOException {
    file = folder.resolve("last-heartbeat");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/api/heartbeats",
        exchange -> {
          asked.add(exchange.getRequestURI().getQuery());
          byte[] page =
              "{\"last\":3,\"heartbeats\":[{\"seq\":2},{\"seq\":3}]}"
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    server.start();
    api = new WorkersApi(server.getAddress().getPort(), "token", Duration.ofSeconds(5));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void tellsEachBeatOnceAlsoAfterARestart() {
    feed("embedded").poll();
    feed("embedded").poll();

    assertThat(told).containsExactly(2L, 3L);
    assertThat(asked).last().asString().contains("after=3");
  }

  @Test
  void beginsAnewInAnotherDatabase() {
    feed("embedded").poll();

    feed("jdbc:postgresql://other/kodo").poll();

    assertThat(asked).last().asString().contains("after=0");
    assertThat(told).hasSize(4);
  }

  @Test
  void goesOnWhenItsPlaceCannotBeWrittenDown() throws IOException {
    Files.createDirectories(file.resolve("in the way"));
    HeartbeatFeed feed = feed("embedded");

    feed.poll();
    feed.poll();

    assertThat(told).containsExactly(2L, 3L);
    assertThat(asked).last().asString().contains("after=3");
  }

  @Test
  void showsItsTokenToNobodyWhileTheWorkersAreNotHealthy() throws Exception {
    AtomicInteger looks = new AtomicInteger();
    HeartbeatFeed feed = feed("embedded", looks);
    Thread thread =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    feed.follow(() -> looks.get() > 1);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });

    await("it looked twice").until(() -> looks.get() > 1);
    thread.join();

    assertThat(asked).isEmpty();
  }

  private HeartbeatFeed feed(String database) {
    return new HeartbeatFeed(new HeartbeatCursor(file, database), api, () -> true, new Listener());
  }

  private HeartbeatFeed feed(String database, AtomicInteger looks) {
    return new HeartbeatFeed(
        new HeartbeatCursor(file, database),
        api,
        () -> looks.incrementAndGet() < 0,
        new Listener());
  }

  private final class Listener implements KernelListener {
    @Override
    public void changed(JsonNode state) {}

    @Override
    public void heartbeat(JsonNode heartbeat) {
      told.add(heartbeat.path("seq").asLong());
    }
  }
}
