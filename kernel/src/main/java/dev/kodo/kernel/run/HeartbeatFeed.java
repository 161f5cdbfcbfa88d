package dev.kodo.kernel.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kodo.kernel.home.AtomicFile;
import dev.kodo.kernel.home.KodoHome;
import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.workers.WorkersApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/** Tells every closed heartbeat once, also those that closed while nobody looked. */
final class HeartbeatFeed {
  private static final long PAUSE_MILLIS = 1_000;

  private final Path memory;
  private final WorkersApi api;
  private final KernelListener listener;
  private long last;

  HeartbeatFeed(KodoHome home, WorkersApi api, KernelListener listener) throws IOException {
    this.memory = home.run().resolve("last-heartbeat");
    this.api = api;
    this.listener = listener;
    this.last = remembered();
  }

  void follow(BooleanSupplier stopping) throws InterruptedException, IOException {
    while (!stopping.getAsBoolean()) {
      poll();
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  private void poll() throws IOException {
    JsonNode page;
    try {
      page = api.get("/heartbeats?limit=100&after=" + last);
    } catch (Problem away) {
      return; // The workers restart or are held; the next poll asks again.
    }
    for (JsonNode heartbeat : page.path("heartbeats")) {
      if (heartbeat.path("seq").asLong() > last) {
        listener.heartbeat(heartbeat);
      }
    }
    long newest = page.path("last").asLong(last);
    if (newest != last) {
      last = newest;
      AtomicFile.writeVolatile(memory, Long.toString(last));
    }
  }

  private long remembered() throws IOException {
    try {
      return Files.exists(memory) ? Long.parseLong(Files.readString(memory).strip()) : 0;
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
