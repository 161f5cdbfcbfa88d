package dev.kodo.kernel.cli;

import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import dev.kodo.kernel.run.KernelLock;
import dev.kodo.kernel.run.PanicFlag;

/** Commands that need the agents say at once why these cannot answer. */
final class Running {
  private Running() {}

  static void require(Session session) {
    if (new PanicFlag(session.home().panicFlag()).isRaised()) {
      throw new Problem(
          ProblemCode.PANIC_ACTIVE, "All agents are stopped, as `kodo panic` was used.");
    }
    if (KernelLock.holder(session.home()).isEmpty()) {
      throw new Problem(ProblemCode.NOT_RUNNING, "Kodo is not running.");
    }
  }
}
