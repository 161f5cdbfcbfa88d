package dev.kodo.kernel.audit;

/** An entry that was the last one, by its number and hash. */
record Tip(long seq, Hash hash) {
  /** Before the first entry. */
  static final Tip NONE = new Tip(0, Hash.NONE);
}
