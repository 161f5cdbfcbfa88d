package dev.kodo.kernel.guard;

import dev.kodo.kernel.guard.http.Exchange;

/** Makes a call. Never throws: every end is an outcome, so that every reservation is ended. */
interface Forwarding {

  /**
   * The exchange is for answers in pieces; a whole answer is left to the caller.
   *
   * @param leash ends the call early
   */
  Outcome forward(Admitted call, Exchange exchange, Leash leash);
}
