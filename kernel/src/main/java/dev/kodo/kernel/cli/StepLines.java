package dev.kodo.kernel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kodo.kernel.config.Durations;
import dev.kodo.kernel.home.Printable;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Shows the steps of a start: one line for each finished step, and on a terminal a line that is
 * rewritten for the running one. Elsewhere a running step is repeated when its percentage grows.
 */
final class StepLines implements AutoCloseable {
  private static final String CLEAR = "\r\033[K";

  private final PrintStream out;
  private final boolean live;
  private final Set<String> printed = new HashSet<>();
  private final ScheduledExecutorService ticker;
  private @Nullable JsonNode running;
  private long runningSince;

  StepLines(PrintStream out, boolean live) {
    this.out = out;
    this.live = live;
    this.ticker =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("steps").factory());
    if (live) {
      ScheduledFuture<?> ticking =
          ticker.scheduleAtFixedRate(this::tick, 200, 200, TimeUnit.MILLISECONDS);
      if (ticking.isCancelled()) {
        throw new IllegalStateException("Expected the ticker to run");
      }
    }
  }

  synchronized void show(JsonNode state) {
    String notice = state.path("notice").asText();
    if (!notice.isEmpty() && printed.add(notice)) {
      print(Printable.text(notice.strip()));
    }
    running = null;
    for (JsonNode step : state.path("steps")) {
      String key = step.path("title").asText();
      switch (step.path("state").asText()) {
        case "done" -> once(key, line("✓", step, step.path("millis").asLong()));
        case "failed" -> once(key, line("✗", step, step.path("millis").asLong()));
        default -> run(step);
      }
    }
    if (running == null && live) {
      out.print(CLEAR);
      out.flush();
    }
  }

  private void once(String key, String line) {
    if (printed.add(key)) {
      print(line);
    }
  }

  private void print(String line) {
    out.println((live ? CLEAR : "") + line);
  }

  private void run(JsonNode step) {
    running = step;
    runningSince = System.nanoTime() - step.path("millis").asLong() * 1_000_000;
    String detail = step.path("detail").asText();
    int percent = detail.indexOf(" %");
    if (live) {
      tick();
    } else if (percent < 0 || Integer.parseInt(detail.substring(0, percent)) % 10 == 0) {
      once(
          step.path("title").asText() + detail,
          "  … " + step.path("title").asText() + ": " + Printable.text(detail));
    }
  }

  private synchronized void tick() {
    JsonNode step = running;
    if (step != null) {
      out.print(CLEAR + line("…", step, (System.nanoTime() - runningSince) / 1_000_000));
      out.flush();
    }
  }

  private static String line(String mark, JsonNode step, long millis) {
    String text =
        "  %s %-16s %9s  %s"
            .formatted(
                mark,
                step.path("title").asText(),
                Durations.readable(Duration.ofMillis(millis)),
                Printable.text(step.path("detail").asText()));
    return text.length() <= 110 || !mark.equals("…") ? text : text.substring(0, 110);
  }

  @Override
  public void close() {
    ticker.shutdownNow();
  }
}
