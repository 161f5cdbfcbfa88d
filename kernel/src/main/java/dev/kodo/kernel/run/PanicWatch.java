package dev.kodo.kernel.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kodo.kernel.audit.Actor;
import dev.kodo.kernel.audit.AuditEvent;
import dev.kodo.kernel.audit.AuditSink;
import dev.kodo.kernel.audit.AuditUnavailable;
import dev.kodo.kernel.audit.Kind;
import dev.kodo.kernel.home.Json;
import java.util.Map;

/**
 * Records panic and resume. The command that stops all agents waits for nothing and asks nobody: it
 * raises a flag, and the kernel writes down that it saw one, also one from while it was away.
 */
final class PanicWatch implements AutoCloseable {
  private static final long PAUSE_MILLIS = 250;

  private final PanicFlag flag;
  private final AuditSink log;
  private final Thread thread =
      Thread.ofPlatform().daemon().name("panic-watch").unstarted(this::run);
  private boolean recorded;

  PanicWatch(PanicFlag flag, AuditSink log) {
    this.flag = flag;
    this.log = log;
  }

  /** Begins; the newest entry about it in the log says whether a panic was recorded last. */
  void start(boolean panicRecorded) {
    recorded = panicRecorded;
    thread.start();
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        look();
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What cannot be recorded now is tried again at the next look. */
  private void look() {
    boolean raised = flag.isRaised();
    if (raised == recorded) {
      return;
    }
    try {
      log.append(
          raised ? panic() : AuditEvent.of(Actor.OWNER, Kind.RESUME, "all-agents", "lifted"));
      recorded = raised;
    } catch (AuditUnavailable later) {
      // The database is away; the flag stays and so does the difference.
    }
  }

  private AuditEvent panic() {
    JsonNode details = flag.details().orElseGet(Json::object);
    return AuditEvent.of(Actor.OWNER, Kind.PANIC, "all-agents", "stopped")
        .with(
            Map.of(
                "at", details.path("at").asText("unknown"),
                "by", details.path("by").asText("unknown")));
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(1_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
