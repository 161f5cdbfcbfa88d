package dev.kodo.kernel.budget;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

/**
 * All limits in US dollars.
 *
 * @param perAgent what each agent may spend in a day, unless {@code agents} says otherwise
 * @param unknownPrice what a call counts whose price is unknown
 * @param agents the limits of single agents in a day
 * @param raise what is allowed beyond them on one day
 */
public record Caps(
    Usd perCall,
    Usd perHeartbeat,
    Usd perHour,
    Usd perDay,
    Usd perAgent,
    Usd unknownPrice,
    Map<String, Usd> agents,
    Raise raise) {

  public Caps {
    agents = Map.copyOf(agents);
  }

  public Caps with(Raise more) {
    return new Caps(perCall, perHeartbeat, perHour, perDay, perAgent, unknownPrice, agents, more);
  }

  /** The limits of one day, with what the owner has allowed for it. */
  public Caps on(LocalDate day) {
    if (!raise.day().equals(day)) {
      return this;
    }
    Map<String, Usd> raised = new HashMap<>(agents);
    raise.agents().forEach((name, more) -> raised.put(name, ofAgent(name).plus(more)));
    return new Caps(
        perCall,
        perHeartbeat,
        perHour,
        perDay.plus(raise.perDay()),
        perAgent,
        unknownPrice,
        raised,
        Raise.NONE);
  }

  /** What an agent may spend in a day. */
  public Usd ofAgent(String agentId) {
    return agents.getOrDefault(agentId, perAgent);
  }

  public Usd of(Cap cap) {
    return switch (cap) {
      case PER_CALL -> perCall;
      case PER_HEARTBEAT -> perHeartbeat;
      case PER_HOUR -> perHour;
      case PER_DAY -> perDay;
      case PER_AGENT -> perAgent;
    };
  }
}
