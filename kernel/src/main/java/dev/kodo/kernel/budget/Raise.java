package dev.kodo.kernel.budget;

import java.time.LocalDate;
import java.util.Map;

/**
 * What may be spent on one day beyond {@code budget.yml}, because the owner said yes. It ends with
 * the day.
 *
 * @param perDay more for all agents together, in US dollars
 * @param agents more for single agents
 * @param decision the question that was answered, such as {@code D-7}
 */
public record Raise(LocalDate day, Usd perDay, Map<String, Usd> agents, String decision) {
  public static final Raise NONE = new Raise(LocalDate.MIN, Usd.ZERO, Map.of(), "");

  public Raise {
    agents = Map.copyOf(agents);
  }

  public Usd ofAgent(String agentId) {
    return agents.getOrDefault(agentId, Usd.ZERO);
  }
}
