package dev.kodo.process;

import java.util.Optional;

/** Stands for an engine whose records nobody collects. */
final class UnseenSteps implements StuckSteps {
  @Override
  public Sight look() {
    return new Blind("The engine's records are not collected; `kodo doctor` says why.");
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
