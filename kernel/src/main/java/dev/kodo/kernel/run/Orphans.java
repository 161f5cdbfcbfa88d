package dev.kodo.kernel.run;

import dev.kodo.kernel.engine.EnginePart;
import dev.kodo.kernel.home.KodoHome;
import dev.kodo.kernel.part.PartRecord;
import dev.kodo.kernel.part.PartRecords;
import dev.kodo.kernel.part.ProcessIdentity;
import dev.kodo.kernel.part.ProcessTree;
import dev.kodo.kernel.postgres.PostgresPart;
import dev.kodo.kernel.workers.WorkersPart;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Parts that still run although their kernel is gone. */
public final class Orphans {
  private static final Duration GRACE = Duration.ofSeconds(20);

  /** In the order in which they are stopped. */
  private static final List<String> PARTS =
      List.of(WorkersPart.NAME, EnginePart.NAME, PostgresPart.NAME);

  private final PartRecords records;

  public Orphans(KodoHome home) {
    this.records = new PartRecords(home.run());
  }

  public List<PartRecord> alive() {
    return records.alive(PARTS);
  }

  /** Ends all of them, politely first. Returns their names. */
  public List<String> end() throws IOException, InterruptedException {
    List<PartRecord> orphans = alive();
    for (PartRecord orphan : orphans) {
      ProcessIdentity process = orphan.process();
      if (process != null) {
        askToEnd(orphan.part(), process);
        ProcessTree.kill(process, GRACE);
      }
    }
    for (String part : PARTS) {
      records.forget(part);
    }
    return orphans.stream().map(PartRecord::part).toList();
  }

  /** Kills a part at once, with everything that it started. Returns false when something lives. */
  public boolean kill(String part, Duration patience) {
    return records
        .read(part)
        .map(PartRecord::process)
        .map(process -> ProcessTree.kill(process, patience))
        .orElse(true);
  }

  /** Kills everything at once: for a second Ctrl-C. */
  public void killAll() {
    PARTS.forEach(part -> kill(part, Duration.ofSeconds(5)));
  }

  private static void askToEnd(String part, ProcessIdentity process)
      throws IOException, InterruptedException {
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
      handle.onExit().get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException late) {
      // Killed by the caller.
    }
  }
}
