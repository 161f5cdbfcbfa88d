package dev.kodo.workspace;

import dev.kodo.pruning.Remains;
import org.springframework.stereotype.Component;

/** Half-written files of a body that was killed. */
@Component
class UnfinishedFiles implements Remains {
  private final Workspaces workspaces;

  UnfinishedFiles(Workspaces workspaces) {
    this.workspaces = workspaces;
  }

  @Override
  public String what() {
    return "unfinished files";
  }

  /** They are few, so that all go at once. */
  @Override
  public int prune(String agentId, int most) {
    return workspaces.of(agentId).removeLeftovers();
  }
}
