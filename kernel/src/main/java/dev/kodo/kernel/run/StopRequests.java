package dev.kodo.kernel.run;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the signals of one process mean together. Only a person at the keyboard, with a second
 * Ctrl-C, means "kill"; TERM and HUP may come from anywhere and any number of times.
 */
final class StopRequests {
  private final Runnable stop;
  private final Runnable kill;
  private final AtomicInteger interrupts = new AtomicInteger();
  private final AtomicBoolean asked = new AtomicBoolean();

  StopRequests(Runnable stop, Runnable kill) {
    this.stop = stop;
    this.kill = kill;
  }

  /** Takes the name of a signal without its SIG. */
  void received(String signal) {
    if (signal.equals("INT") && interrupts.incrementAndGet() > 1) {
      kill.run();
    } else if (asked.compareAndSet(false, true)) {
      stop.run();
    }
  }
}
