package dev.kodo.kernel.run;

import dev.kodo.kernel.config.Config;
import dev.kodo.kernel.config.ConfigReference;
import dev.kodo.kernel.constitution.Constitution;
import dev.kodo.kernel.home.AtomicFile;
import dev.kodo.kernel.home.KodoHome;
import dev.kodo.kernel.part.PartRecords;
import dev.kodo.kernel.part.PartState;
import dev.kodo.kernel.part.Supervisor;
import dev.kodo.kernel.problem.ExitCode;
import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import dev.kodo.kernel.workers.WorkersPart;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The running kernel of one home folder: starts the parts, keeps them, stops them. */
public final class Kernel {
  private final KernelSetting setting;
  private final KernelState state;
  private final KernelListener listener;
  private final CountDownLatch stop = new CountDownLatch(1);
  private volatile @Nullable Problem failure;

  public Kernel(KernelSetting setting, KernelListener listener) {
    this.setting = setting;
    this.listener = listener;
    this.state = new KernelState(setting.home(), setting.clock(), listener);
  }

  /** Asks for a clean end; {@link #run} returns when all parts are gone. */
  public void stop() {
    stop.countDown();
  }

  /**
   * Runs until {@link #stop}, or until the start fails. Leaves no part behind in either case.
   *
   * @throws Problem before anything is touched when the constitution was altered
   */
  public ExitCode run() throws IOException {
    Constitution.verified();
    KodoHome home = setting.home();
    prepare(home);
    KernelLock lock = KernelLock.take(home);
    try {
      Supervisor supervisor =
          new Supervisor(
              new PartRecords(home.run()),
              part -> home.log(part.toString()),
              setting.clock(),
              state::publish);
      state.watch(supervisor::statuses);
      return live(supervisor);
    } finally {
      lock.close();
    }
  }

  private static void prepare(KodoHome home) throws IOException {
    try {
      Files.createDirectories(home.run());
      Files.createDirectories(home.logs());
      if (!Files.exists(home.config())) {
        AtomicFile.write(home.config(), ConfigReference.template());
      }
    } catch (IOException e) {
      throw new Problem(
          ProblemCode.HOME_UNWRITABLE,
          "Expected to write into " + home.root() + ", but: " + e.getMessage() + ".",
          ProblemCode.HOME_UNWRITABLE.next(),
          e);
    }
  }

  private ExitCode live(Supervisor supervisor) {
    Thread starter = Thread.ofPlatform().name("start").unstarted(() -> start(supervisor));
    try {
      state.phase("starting");
      starter.start();
      stop.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return end(supervisor, starter);
  }

  /** Runs beside the waiting main thread, so that Ctrl-C works also during the start. */
  private void start(Supervisor supervisor) {
    try {
      Config config = Config.load(setting.home());
      StartSequence sequence = new StartSequence(setting, config, state, supervisor, this::fail);
      sequence.run();
      state.phase("ready");
      new HeartbeatFeed(
              new HeartbeatCursor(
                  setting.home().run().resolve("last-heartbeat"), sequence.databaseName()),
              sequence.api(),
              () -> workersAreHealthy(supervisor),
              listener)
          .follow(this::isStopping);
    } catch (Problem problem) {
      fail(problem);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Throwable e) {
      // Also an Error: without its starter the kernel would seem to start for ever.
      if (!isStopping()) {
        new KernelTrace(setting.home(), setting.clock()).write(e);
      }
      fail(unexpected(e));
    }
  }

  private static boolean workersAreHealthy(Supervisor supervisor) {
    return supervisor.statuses().stream()
        .anyMatch(
            part -> part.name().equals(WorkersPart.NAME) && part.state() == PartState.HEALTHY);
  }

  private void fail(Problem problem) {
    if (!isStopping()) {
      failure = problem;
      state.failed(problem);
      stop();
    }
  }

  private ExitCode end(Supervisor supervisor, Thread starter) {
    Problem why = failure;
    if (why == null) {
      state.phase("stopping");
    }
    try {
      starter.interrupt();
      starter.join(TimeUnit.SECONDS.toMillis(10));
      supervisor.stopAll();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Problem left = endTheRest();
    if (left != null) {
      state.failed(left);
    } else if (why == null) {
      state.phase("stopped");
    } else {
      state.publish();
    }
    return why != null ? why.code().exitCode() : left != null ? ExitCode.FAILED : ExitCode.OK;
  }

  /** Parts of a killed kernel that this one did not come to adopt. */
  private @Nullable Problem endTheRest() {
    try {
      new Orphans(setting.home()).end().requireComplete();
      return null;
    } catch (Problem problem) {
      return problem;
    } catch (IOException e) {
      return unexpected(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return unexpected(e);
    }
  }

  private static Problem unexpected(Throwable e) {
    return new Problem(ProblemCode.UNEXPECTED, e.toString(), ProblemCode.UNEXPECTED.next(), e);
  }

  private boolean isStopping() {
    return stop.getCount() == 0;
  }
}
