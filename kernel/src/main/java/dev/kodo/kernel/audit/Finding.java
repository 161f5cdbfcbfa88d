package dev.kodo.kernel.audit;

/**
 * Something in the log that is not as it was written.
 *
 * @param firstSeq where it begins; 0 when it is not about entries
 * @param lastSeq where it ends
 * @param text one sentence for a person
 */
public record Finding(Damage damage, long firstSeq, long lastSeq, String text) {

  static Finding at(Damage damage, long seq, String text) {
    return new Finding(damage, seq, seq, text);
  }

  static Finding ofFile(Damage damage, String text) {
    return new Finding(damage, 0, 0, text);
  }
}
