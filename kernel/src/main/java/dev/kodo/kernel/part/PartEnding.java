package dev.kodo.kernel.part;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A clean end where possible: ask, wait for the grace period, kill the rest of the tree. */
final class PartEnding {
  private PartEnding() {}

  static void end(Part part, ProcessIdentity process, ProcessHandle handle) {
    CompletableFuture<ProcessHandle> exit = handle.onExit();
    part.askToEnd(handle);
    try {
      exit.get(part.timing().grace().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException late) {
      // Killed with the whole tree below.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    ProcessTree.kill(process, part.timing().grace());
  }
}
