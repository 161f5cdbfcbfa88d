package dev.kodo.kernel.cli;

import dev.kodo.kernel.budget.Cap;
import dev.kodo.kernel.budget.Caps;
import dev.kodo.kernel.budget.Usd;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A cap as it was set.
 *
 * @param agent whose day it is; null for a cap of all agents
 */
record SetCap(Cap cap, @Nullable String agent, Usd amount) {

  /**
   * A cap that the same spending meets earlier.
   *
   * @param agent whose day it is; null for a cap of all agents
   */
  record Lower(Cap cap, @Nullable String agent, Usd amount) {
    String text() {
      return Money.text(amount.toString())
          + " per "
          + cap.unit()
          + (agent == null ? "" : " of agent " + agent);
    }
  }

  /** What holds in the place of the amount. */
  Usd held(Caps caps) {
    return agent == null ? caps.of(cap) : caps.ofAgent(agent);
  }

  /** False while a lower amount is held; what is allowed for today comes on top of both. */
  boolean inForce(CapsNow now) {
    Usd more = Usd.ZERO;
    if (agent != null) {
      more = now.raise().ofAgent(agent);
    } else if (cap == Cap.PER_DAY) {
      more = now.raise().perDay();
    }
    return !amount.plus(more).exceeds(held(now.caps()));
  }

  /** The wider caps that are lower than the amount, so that they bind first. */
  List<Lower> lower(Caps caps, List<String> agents) {
    List<Lower> lower = new ArrayList<>();
    for (Cap wider : List.of(Cap.PER_HEARTBEAT, Cap.PER_HOUR, Cap.PER_DAY)) {
      boolean isWider = agent == null ? wider.compareTo(cap) > 0 : wider == Cap.PER_DAY;
      if (isWider && amount.exceeds(caps.of(wider))) {
        lower.add(new Lower(wider, null, caps.of(wider)));
      }
    }
    if (agent == null && (isOfOneAgent() || amount.exceeds(together(caps, agents)))) {
      agents.stream()
          .filter(name -> amount.exceeds(caps.ofAgent(name)))
          .map(name -> new Lower(Cap.PER_DAY, name, caps.ofAgent(name)))
          .forEach(lower::add);
    }
    return lower;
  }

  /** The command that lifts a lower cap to this amount. */
  String command(Lower lower) {
    return "kodo budget set "
        + amount
        + "/"
        + lower.cap().unit()
        + (lower.agent() == null ? "" : " --agent " + lower.agent());
  }

  private boolean isOfOneAgent() {
    return cap == Cap.PER_CALL || cap == Cap.PER_HEARTBEAT;
  }

  /** What all agents can spend in a day when each spends all of its own. */
  private static Usd together(Caps caps, List<String> agents) {
    return agents.stream().map(caps::ofAgent).reduce(Usd.ZERO, Usd::plus);
  }
}
