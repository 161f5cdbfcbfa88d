package dev.kodo.kernel.part;

import dev.kodo.kernel.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps one part running, on a thread of its own, until it is told to stop. */
final class PartRunner {
  private static final Duration TICK = Duration.ofMillis(100);
  private static final Duration STABLE = Duration.ofSeconds(10);
  private static final long LOG_LIMIT = 10L << 20;

  private final Part part;
  private final PartLauncher launcher;
  private final PartRecords records;
  private final Path log;
  private final Clock clock;
  private final Runnable onChange;
  private final Thread thread;

  private PartStatus status;
  private boolean stopping;
  private int failures;

  /** How the first start went; the kernel waits for it. */
  private @Nullable PartStatus settled;

  /** What keeps the part from even being tried. */
  private @Nullable Problem refusal;

  /** Why the last life ended, or what the last failed check said. */
  private @Nullable String trouble;

  PartRunner(Part part, PartRecords records, Path log, Clock clock, Runnable onChange) {
    this.part = part;
    this.records = records;
    this.launcher = new PartLauncher(records);
    this.log = log;
    this.clock = clock;
    this.onChange = onChange;
    this.status = new PartStatus(part.name(), PartState.WAITING, null, clock.instant(), 0, null);
    this.thread = Thread.ofPlatform().daemon().name("part-" + part.name()).unstarted(this::live);
  }

  void start() {
    thread.start();
  }

  synchronized PartStatus status() {
    return status;
  }

  /** Ends the part and returns when it is gone. */
  void stop() throws InterruptedException {
    synchronized (this) {
      stopping = true;
      notifyAll();
    }
    thread.join();
  }

  /**
   * Waits until the part is healthy, held, failed or stopped, or cannot work for a reason outside.
   *
   * @throws Problem when the part could not even be tried
   */
  synchronized PartStatus awaitSettled() throws InterruptedException {
    while (settled == null) {
      wait();
    }
    if (settled.state() == PartState.FAILED && refusal != null) {
      throw refusal;
    }
    return settled;
  }

  private static boolean settles(PartState state) {
    return switch (state) {
      case HEALTHY, UNHEALTHY, FAILED, HELD, STOPPED -> true;
      case WAITING, STARTING, RESTARTING, STOPPING -> false;
    };
  }

  private void live() {
    while (!isStopping()) {
      if (isHeld()) {
        hold();
        pause(TICK);
        continue;
      }
      String error = oneLife();
      if (isStopping() || isHeld()) {
        continue;
      }
      failures++;
      trouble = error;
      enter(isGivenUp() ? PartState.FAILED : PartState.RESTARTING, null, error);
      pause(part.timing().backoff().delay(failures));
      countRestart();
    }
    enter(end() ? PartState.STOPPED : PartState.FAILED, null, status().lastError());
  }

  /** Whoever waits for the first start gains nothing from a second try of what was refused. */
  private synchronized boolean isGivenUp() {
    return part.timing().backoff().exhausted(failures) || (settled == null && refusal != null);
  }

  /** Also a process that an earlier kernel started must not run now. */
  private void hold() {
    boolean gone = records.read(part.name()).map(PartRecord::process).map(this::kill).orElse(true);
    if (gone) {
      enter(PartState.HELD, null, null);
    } else {
      enter(PartState.UNHEALTHY, null, "it must not run now, but could not be killed");
    }
  }

  /** From start, or adoption, to the end of the process. Returns why it ended. */
  private String oneLife() {
    try {
      ProcessIdentity process = adopted().orElse(null);
      if (process == null) {
        process = freshlyStarted();
      }
      enter(PartState.STARTING, process, trouble);
      return watch(process);
    } catch (Problem problem) {
      refused(problem);
      return problem.sentence() + " " + problem.next();
    } catch (Throwable e) {
      // Also an Error: without its thread nobody would ever learn how the start went.
      return "could not be kept running: " + (e instanceof IOException ? e.getMessage() : e);
    }
  }

  private synchronized void refused(Problem problem) {
    if (settled == null) {
      refusal = problem;
    }
  }

  private Optional<ProcessIdentity> adopted() throws IOException {
    Optional<PartRecord> known = records.read(part.name());
    if (known.isEmpty()) {
      return Optional.empty();
    }
    ProcessIdentity process = known.get().process();
    if (process != null
        && process.isAlive()
        && known.get().fingerprint().equals(part.command().fingerprint())) {
      return Optional.of(process);
    }
    if (!end()) {
      throw new IOException("its earlier process still lives");
    }
    return Optional.empty();
  }

  private ProcessIdentity freshlyStarted() throws IOException {
    PartCommand command = part.command();
    if (!part.killStrays(part.timing().grace())) {
      throw new IOException("a program that it started in an earlier life still lives");
    }
    Ports.requireFree(part.ports());
    PartLog.rotate(log, LOG_LIMIT);
    return launcher.start(part, command, log);
  }

  private String watch(ProcessIdentity process) {
    HealthWatch health = new HealthWatch(part, System.nanoTime());
    while (process.isAlive()) {
      if (isStopping() || isHeld()) {
        if (!isStopping()) {
          kill(process);
        }
        return "stopped on request";
      }
      HealthWatch.Verdict verdict = health.look(System.nanoTime());
      switch (verdict) {
        case HealthWatch.Verdict.Unchanged() -> {}
        case HealthWatch.Verdict.Passed() -> passed(process, health);
        case HealthWatch.Verdict.Failing(String error) -> failing(process, error);
        case HealthWatch.Verdict.Blocked(String error) -> {
          trouble = error;
          enter(PartState.UNHEALTHY, process, error);
        }
        case HealthWatch.Verdict.Hopeless(String error) -> {
          end();
          return error;
        }
      }
      pause(TICK);
    }
    kill(process);
    return "ended by itself; its last words: " + lastWords();
  }

  private void passed(ProcessIdentity process, HealthWatch health) {
    if (health.healthyFor(System.nanoTime()).compareTo(STABLE) > 0) {
      failures = 0;
    }
    failures = Math.min(failures, part.timing().backoff().patience() - 2);
    if (status().state() != PartState.HEALTHY) {
      enter(PartState.HEALTHY, process, trouble);
    }
    rotateQuietly();
  }

  private void failing(ProcessIdentity process, String error) {
    if (status().state() == PartState.HEALTHY) {
      trouble = error;
      enter(PartState.UNHEALTHY, process, error);
    } else {
      note(error);
    }
  }

  private void rotateQuietly() {
    try {
      PartLog.rotate(log, LOG_LIMIT);
    } catch (IOException e) {
      note("its log could not be rotated: " + e.getMessage());
    }
  }

  private String lastWords() {
    List<String> lines = PartLog.tail(log, 2);
    return lines.isEmpty()
        ? "none"
        : String.join(" / ", lines.stream().map(PartRunner::shortened).toList());
  }

  private static String shortened(String line) {
    return line.length() <= 160 ? line : line.substring(0, 160) + "…";
  }

  /** Ends what the record names and forgets it. Returns false, and forgets nothing, if it lives. */
  private boolean end() {
    ProcessIdentity process = records.read(part.name()).map(PartRecord::process).orElse(null);
    if (process != null && !end(process)) {
      note("its process " + process.pid() + " could not be killed");
      return false;
    }
    try {
      records.forget(part.name());
    } catch (IOException e) {
      note("its record could not be removed: " + e.getMessage());
    }
    return true;
  }

  private boolean end(ProcessIdentity process) {
    process
        .handle()
        .ifPresent(
            handle -> {
              enter(PartState.STOPPING, process, status().lastError());
              PartEnding.request(part, handle);
            });
    return kill(process);
  }

  private boolean kill(ProcessIdentity process) {
    Duration grace = part.timing().grace();
    return ProcessTree.kill(process, grace) && part.killStrays(grace);
  }

  private boolean isHeld() {
    return part.holdFlag().filter(Files::exists).isPresent();
  }

  private synchronized boolean isStopping() {
    return stopping;
  }

  private synchronized void pause(Duration time) {
    long deadline = System.nanoTime() + time.toNanos();
    try {
      for (long left = time.toNanos(); left > 0 && !stopping; left = deadline - System.nanoTime()) {
        wait(Math.max(1, left / 1_000_000));
      }
    } catch (InterruptedException e) {
      stopping = true;
    }
  }

  private void enter(PartState state, @Nullable ProcessIdentity process, @Nullable String error) {
    synchronized (this) {
      if (status.state() == state && java.util.Objects.equals(status.lastError(), error)) {
        return;
      }
      Long pid = process == null ? null : process.pid();
      status = new PartStatus(part.name(), state, pid, clock.instant(), status.restarts(), error);
      settled = settled == null && settles(state) ? status : settled;
      notifyAll();
    }
    onChange.run();
  }

  private synchronized void note(String error) {
    status =
        new PartStatus(
            part.name(), status.state(), status.pid(), status.since(), status.restarts(), error);
  }

  private synchronized void countRestart() {
    status =
        new PartStatus(
            part.name(),
            status.state(),
            status.pid(),
            status.since(),
            status.restarts() + 1,
            status.lastError());
  }
}
