package dev.kodo.kernel.guard;

/** Learns from calls that were sent. */
interface Learning {

  /** Once for each call that was sent, before its caller has the end of the answer; quick. */
  void ended(Admitted call, Measured measured);
}
