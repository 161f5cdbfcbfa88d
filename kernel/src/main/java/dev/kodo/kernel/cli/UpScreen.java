package dev.kodo.kernel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kodo.kernel.home.Printable;
import dev.kodo.kernel.run.KernelListener;
import java.time.Instant;
import java.time.ZoneId;

/** What a person sees during {@code kodo up}: steps, the panel, then heartbeats. */
final class UpScreen implements KernelListener, AutoCloseable {
  private final Session session;
  private final StepLines steps;
  private final ZoneId zone = ZoneId.systemDefault();
  private String phase = "";

  UpScreen(Session session, boolean live) {
    this.session = session;
    this.steps = new StepLines(session.out(), live);
  }

  @Override
  public synchronized void changed(JsonNode state) {
    steps.show(state);
    String now = state.path("phase").asText();
    if (now.equals(phase)) {
      return;
    }
    phase = now;
    switch (now) {
      case "ready" -> session.out().println(Printable.text(Panel.text(state)));
      case "failed" -> error(state.path("error"));
      case "stopped" -> session.out().println("Stopped. Nothing of Kodo runs any more.");
      default -> {}
    }
  }

  @Override
  public synchronized void heartbeat(JsonNode heartbeat) {
    session.out().println(Printable.text(BeatLine.text(heartbeat, zone)));
  }

  private void error(JsonNode error) {
    String next = "  " + error.path("next").asText() + " [" + error.path("code").asText() + "]";
    session.err().println(Printable.text("kodo: " + error.path("message").asText()));
    session.err().println(Printable.text(next));
  }

  static Instant instant(String text, Instant otherwise) {
    try {
      return Instant.parse(text);
    } catch (java.time.format.DateTimeParseException e) {
      return otherwise;
    }
  }

  @Override
  public void close() {
    steps.close();
  }
}
