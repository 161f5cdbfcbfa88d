package dev.kodo.survival;

import java.util.Optional;
import org.springframework.stereotype.Component;

/** What others may know about the survival of agents. */
@Component
public class Survival {
  private final SurvivalStore store;

  Survival(SurvivalStore store) {
    this.store = store;
  }

  /** Where an agent stands; empty before its first beat. */
  public Optional<Standing> of(String agentId) {
    return store.find(agentId);
  }
}
