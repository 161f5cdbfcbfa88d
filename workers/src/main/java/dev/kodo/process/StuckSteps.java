package dev.kodo.process;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where processes are stuck. The engine alone does not tell; whatever collects its records does. It
 * may lag behind the engine a little.
 */
public interface StuckSteps {
  /** A look finds at most so many, the oldest first. */
  int MOST = 200;

  /** What a look found. */
  sealed interface Sight {}

  /** What is stuck. */
  record Seen(List<StuckStep> steps) implements Sight {
    public Seen {
      steps = List.copyOf(steps);
    }
  }

  /** Nothing can be seen at all, which is not the same as nothing being stuck. */
  record Blind(String why) implements Sight {}

  /** A process instance that no other one called. */
  record Root(long instanceKey, String processId) {}

  /** What is stuck of all agents and of nobody, the oldest first. */
  Sight look();

  /** What is stuck of one agent, the oldest first. */
  Sight lookAt(String agentId);

  /**
   * What is still stuck of steps that were seen before, all of it. A job that nobody took is still
   * stuck as long as nobody has taken it, however short that is by now.
   */
  Sight lookAgainAt(Set<StuckStep.Known> steps);

  /** Whether {@link #look} answers within milliseconds, so that a status may ask it. */
  boolean isQuick();

  /** The outermost instance around this one; empty when it is not known. */
  Optional<Root> rootOf(long instanceKey);
}
