package dev.kodo.model;

import java.time.Duration;

/**
 * One model of one provider, with the breaker that guards it. The same provider and model share one
 * breaker in all classes.
 */
record Provider(LanguageModel model, Breaker breaker) {
  ModelDescription description() {
    return model.describe();
  }

  /** The name under which people know it: {@code openrouter/qwen3-32b}. */
  String name() {
    return description().provider() + "/" + description().name();
  }

  /** Counts a failure; not of the rehearsal, which fails only where its script says so. */
  void failed(String reason, Duration rest) {
    if (description().rehearsal()) {
      breaker.spared();
    } else {
      breaker.failed(reason, rest);
    }
  }
}
