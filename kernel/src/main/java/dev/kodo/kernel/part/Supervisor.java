package dev.kodo.kernel.part;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The parts of one home folder, started one after the other and stopped in reverse order. */
public final class Supervisor {
  private final PartRecords records;
  private final UnaryOperator<Path> logs;
  private final Clock clock;
  private final Runnable onChange;
  private final List<PartRunner> runners = new ArrayList<>();
  private final List<Stop> stops = new ArrayList<>();
  private boolean closed;

  /** How something ends that was started. */
  @FunctionalInterface
  private interface Stop {
    void run() throws InterruptedException;
  }

  /**
   * A supervisor without parts yet.
   *
   * @param logs makes the log file from the part's name
   * @param onChange called whenever the state of a part changes
   */
  public Supervisor(PartRecords records, UnaryOperator<Path> logs, Clock clock, Runnable onChange) {
    this.records = records;
    this.logs = logs;
    this.clock = clock;
    this.onChange = onChange;
  }

  /**
   * Starts or adopts a part and waits until it is healthy, held or failed, or is kept from its work
   * by something outside.
   *
   * @throws dev.kodo.kernel.problem.Problem when the part could not even be tried
   */
  public PartStatus start(Part part) throws InterruptedException {
    PartRunner runner =
        new PartRunner(part, records, logs.apply(Path.of(part.name())), clock, onChange);
    synchronized (runners) {
      if (closed) {
        throw new InterruptedException("the kernel is stopping");
      }
      runners.add(runner);
      stops.add(runner::stop);
    }
    runner.start();
    return runner.awaitSettled();
  }

  /**
   * Takes charge of the end of something that lives on the parts started so far: it comes after the
   * end of all parts that are started later, and before the end of those. When the kernel is
   * already stopping it comes at once.
   */
  public void endWith(Runnable end) throws InterruptedException {
    synchronized (runners) {
      if (!closed) {
        stops.add(end::run);
        return;
      }
    }
    end.run();
    throw new InterruptedException("the kernel is stopping");
  }

  public List<PartStatus> statuses() {
    synchronized (runners) {
      return runners.stream().map(PartRunner::status).toList();
    }
  }

  /** Stops all parts, the one started last first. Returns when none of them lives. */
  public void stopAll() throws InterruptedException {
    List<Stop> all;
    synchronized (runners) {
      closed = true;
      all = stops.reversed().stream().toList();
    }
    for (Stop stop : all) {
      stop.run();
    }
  }
}
