package dev.kodo.repair;

import dev.kodo.config.KodoProperties;
import dev.kodo.pruning.Remains;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** Steps that were stuck long ago, with what was tried. They stay as long as their questions do. */
@Component
class OldRepairs implements Remains {
  private final RepairStore store;
  private final KodoProperties properties;
  private final Clock clock;

  OldRepairs(RepairStore store, KodoProperties properties, Clock clock) {
    this.store = store;
    this.properties = properties;
    this.clock = clock;
  }

  @Override
  public String what() {
    return "repairs";
  }

  @Override
  public int prune(String agentId, int most) {
    return store.prune(agentId, clock.instant().minus(properties.pruning().decisions()), most);
  }
}
