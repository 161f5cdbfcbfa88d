package dev.kodo.kernel.run;

import dev.kodo.kernel.engine.EnginePart;
import dev.kodo.kernel.home.KodoHome;
import dev.kodo.kernel.part.MountedAt;
import dev.kodo.kernel.part.PartRecord;
import dev.kodo.kernel.part.PartRecords;
import dev.kodo.kernel.part.ProcessIdentity;
import dev.kodo.kernel.part.ProcessTree;
import dev.kodo.kernel.postgres.PostgresPart;
import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import dev.kodo.kernel.search.SearchPart;
import dev.kodo.kernel.workers.WorkersPart;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Parts that still run although their kernel is gone. */
public final class Orphans {
  /** In the order in which they are stopped. */
  private static final List<String> PARTS =
      List.of(WorkersPart.NAME, EnginePart.NAME, SearchPart.NAME, PostgresPart.NAME);

  private final PartRecords records;
  private final MountedAt strays;
  private final Duration grace;

  public Orphans(KodoHome home) {
    this(home, Duration.ofSeconds(20));
  }

  Orphans(KodoHome home, Duration grace) {
    this.records = new PartRecords(home.run());
    this.strays = WorkersPart.strays(home);
    this.grace = grace;
  }

  /**
   * What became of the parts.
   *
   * @param ended names of those that ran and are gone now
   * @param alive names and pids of those that could not be ended; they stay recorded
   */
  public record Ending(List<String> ended, List<String> alive) {

    /** Throws a problem that names what still lives. */
    public void requireComplete() {
      if (!alive.isEmpty()) {
        throw new Problem(
            ProblemCode.PART_FAILED,
            "Expected all parts to end, but these still live: " + String.join(", ", alive) + ".",
            "Look at these processes with ps, then run `kodo down` again.");
      }
    }
  }

  public List<PartRecord> alive() {
    return records.alive(PARTS);
  }

  /** Ends all of them, politely first. */
  public Ending end() throws IOException, InterruptedException {
    return endAllBut(Set.of());
  }

  /** Ends those that the configuration has no more. */
  Ending endAllBut(Set<String> kept) throws IOException, InterruptedException {
    Ending ending = new Ending(new ArrayList<>(), new ArrayList<>());
    for (String part : PARTS) {
      if (!kept.contains(part)) {
        end(part, ending);
      }
    }
    return ending;
  }

  private void end(String part, Ending ending) throws IOException, InterruptedException {
    ProcessIdentity process = records.read(part).map(PartRecord::process).orElse(null);
    if (process != null) {
      boolean ran = process.isAlive();
      askToEnd(part, process);
      if (!ProcessTree.kill(process, grace)) {
        ending.alive().add(part + " (pid " + process.pid() + ")");
        return;
      }
      if (ran) {
        ending.ended().add(part);
      }
    }
    if (!killStrays(part, grace)) {
      ending.alive().add("a program that " + part + " started");
      return;
    }
    records.forget(part);
  }

  private boolean killStrays(String part, Duration patience) {
    return !part.equals(WorkersPart.NAME) || strays.kill(patience);
  }

  /** Kills a part at once, with everything that it started. Returns false when something lives. */
  public boolean kill(String part, Duration patience) {
    boolean ended =
        records
            .read(part)
            .map(PartRecord::process)
            .map(process -> ProcessTree.kill(process, patience))
            .orElse(true);
    return killStrays(part, patience) && ended;
  }

  /** Kills everything at once: for a second Ctrl-C. */
  public void killAll() {
    PARTS.forEach(part -> kill(part, Duration.ofSeconds(5)));
  }

  private void askToEnd(String part, ProcessIdentity process) throws InterruptedException {
    ProcessHandle handle = process.handle().orElse(null);
    if (handle == null) {
      return;
    }
    if (part.equals(PostgresPart.NAME)) {
      PostgresPart.interrupt(handle);
    } else {
      handle.destroy();
    }
    try {
      handle.onExit().get(grace.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException late) {
      // Killed by the caller.
    }
  }
}
