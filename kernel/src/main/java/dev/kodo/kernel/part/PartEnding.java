package dev.kodo.kernel.part;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The request for a clean end, and the wait for it. What ignores it is left to be killed. */
final class PartEnding {
  private PartEnding() {}

  static void request(Part part, ProcessHandle handle) {
    CompletableFuture<ProcessHandle> exit = handle.onExit();
    part.askToEnd(handle);
    try {
      exit.get(part.timing().grace().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException late) {
      // Killed with the whole tree by the caller.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
