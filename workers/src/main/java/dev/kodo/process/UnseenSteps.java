package dev.kodo.process;

import java.util.Optional;
import java.util.Set;

/** Stands for an engine whose records nobody collects. */
final class UnseenSteps implements StuckSteps {
  private static final Blind BLIND =
      new Blind("The engine's records are not collected; `kodo doctor` says why.");

  @Override
  public Sight look() {
    return BLIND;
  }

  @Override
  public Sight lookAt(String agentId) {
    return BLIND;
  }

  @Override
  public Sight lookAgainAt(Set<StuckStep.Known> steps) {
    return BLIND;
  }

  @Override
  public boolean isQuick() {
    return true;
  }

  @Override
  public Optional<Root> rootOf(long instanceKey) {
    return Optional.empty();
  }
}
