package dev.kodo.kernel.guard;

import java.util.Locale;

/** Why the guard itself answers instead of a provider: the code, its status and the next step. */
public enum GuardCode {
  CALLER_UNKNOWN(401, "Only the workers know the guard's token; start them with `kodo up`."),
  CALL_MALFORMED(400, "Correct the call; docs/budget.md says what the guard accepts."),
  AGENT_UNKNOWN(403, "Name an agent of `agents` in kodo.yml; after an edit start Kodo again."),
  LAYER_0_MISSING(403, "Begin the system text with what GET /constitution gives, byte for byte."),
  FIELD_REFUSED(403, "Leave that field out: the guard cannot tell what it would cost."),
  BUDGET_EXCEEDED(402, "Wait for the next window, or raise the cap with `kodo budget set`."),
  BOUND_MISSING(422, "Say how many tokens the answer may have at most, from 1 to 1000000."),
  TOO_SLOW(422, "Nothing was sent. Give that provider a longer `timeout` in models.yml."),
  THINKING_REFUSED(422, "Set `thinking: as-it-is` for that provider in models.yml."),
  PROVIDER_UNKNOWN(404, "Name a provider of models.yml."),
  MODEL_UNKNOWN(404, "Name a model that a class of models.yml lists for this provider."),
  UNKNOWN_PATH(404, "docs/budget.md lists the paths."),
  TOO_LARGE(413, "Send less."),
  TOO_MANY_ENTRIES(429, "Keep the entry and send it again after a minute."),
  BUSY(503, "Try again later; nothing was sent, and the provider is not at fault."),
  LEDGER_UNAVAILABLE(503, "Try again later; `kodo status` shows whether the database runs."),
  BOOKS_TAKEN(503, "This kernel stops; ask the one that keeps the books now."),
  STOPPED(503, "A person stopped all agents; only `kodo resume` lifts it."),
  PROVIDER_UNREACHABLE(502, "Nothing was sent. Try again later, or use another provider."),
  PROVIDER_TIMEOUT(504, "The call was made and counts; do not repeat it blindly."),
  DEADLINE_PASSED(504, "The caller's own time is over; what was sent counts."),
  PROVIDER_GARBLED(502, "The call was made and counts; do not repeat it blindly.");

  private final int status;
  private final String next;

  GuardCode(int status, String next) {
    this.status = status;
    this.next = next;
  }

  public int status() {
    return status;
  }

  public String next() {
    return next;
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
