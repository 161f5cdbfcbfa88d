package dev.kodo.kernel.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.workers.WorkersApi;
import java.util.function.BooleanSupplier;

/** Tells every closed heartbeat once, also those that closed while nobody looked. */
final class HeartbeatFeed {
  private static final long PAUSE_MILLIS = 1_000;

  private final HeartbeatCursor cursor;
  private final WorkersApi api;
  private final BooleanSupplier healthy;
  private final KernelListener listener;

  /**
   * A feed of one kernel.
   *
   * @param healthy whether it is surely the workers that listen on their port: only they may see
   *     the token
   */
  HeartbeatFeed(
      HeartbeatCursor cursor, WorkersApi api, BooleanSupplier healthy, KernelListener listener) {
    this.cursor = cursor;
    this.api = api;
    this.healthy = healthy;
    this.listener = listener;
  }

  void follow(BooleanSupplier stopping) throws InterruptedException {
    while (!stopping.getAsBoolean()) {
      if (healthy.getAsBoolean()) {
        poll();
      }
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  void poll() {
    long last = cursor.last();
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
    cursor.moveTo(page.path("last").asLong(last));
  }
}
