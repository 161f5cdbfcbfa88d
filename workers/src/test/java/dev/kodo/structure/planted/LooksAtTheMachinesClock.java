package dev.kodo.structure.planted;

import java.time.Instant;

final class LooksAtTheMachinesClock {
  private LooksAtTheMachinesClock() {}

  static Instant look() {
    return Instant.now();
  }
}
