package dev.kodo.kernel.budget;

import java.util.Map;

/**
 * All limits in US dollars.
 *
 * @param perAgent what each agent may spend in a day, unless {@code agents} says otherwise
 * @param unknownPrice what a call counts whose price is unknown
 * @param agents the limits of single agents in a day
 */
public record Caps(
    Usd perCall,
    Usd perHeartbeat,
    Usd perHour,
    Usd perDay,
    Usd perAgent,
    Usd unknownPrice,
    Map<String, Usd> agents) {

  public Caps {
    agents = Map.copyOf(agents);
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
