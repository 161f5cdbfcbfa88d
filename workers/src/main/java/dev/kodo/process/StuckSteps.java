package dev.kodo.process;

import java.util.List;
import java.util.Optional;

/**
 * Where processes are stuck. The engine alone does not tell; whatever collects its records does. It
 * may lag behind the engine a little.
 */
public interface StuckSteps {
  /** What a look found. */
  sealed interface Sight {}

  /** Everything that is stuck, the oldest first, at most 200. */
  record Seen(List<StuckStep> steps) implements Sight {
    public Seen {
      steps = List.copyOf(steps);
    }
  }

  /** Nothing can be seen at all, which is not the same as nothing being stuck. */
  record Blind(String why) implements Sight {}

  /** A process instance that no other one called. */
  record Root(long instanceKey, String processId) {}

  Sight look();

  /** Whether {@link #look} answers within milliseconds, so that a status may ask it. */
  boolean isQuick();

  /** The outermost instance around this one; empty when it is not known. */
  Optional<Root> rootOf(long instanceKey);
}
