package dev.kodo.routine;

import dev.kodo.config.KodoProperties;
import dev.kodo.pruning.Remains;
import org.springframework.stereotype.Component;

/** The record of old runs; the files that they left stay. */
@Component
class OldRuns implements Remains {
  private final RoutineStore store;
  private final KodoProperties properties;

  OldRuns(RoutineStore store, KodoProperties properties) {
    this.store = store;
    this.properties = properties;
  }

  @Override
  public String what() {
    return "runs of routines";
  }

  @Override
  public int prune(String agentId, int most) {
    return store.prune(agentId, properties.pruning().routineRuns(), most);
  }
}
