package dev.kodo.worker;

/**
 * Identifies one effect of one element instance. The engine's id is part of it, because element
 * instance keys start over on a new engine.
 *
 * @param step name of the effect inside the job, for example {@code job} or {@code ask}
 */
public record EffectKey(String engineId, long elementInstanceKey, String step) {
  /** The step under which a job's own result is kept. */
  static final String JOB = "job";

  /** A text form to hand to providers that accept an idempotency key. */
  public String text() {
    return engineId + ":" + elementInstanceKey + ":" + step;
  }
}
