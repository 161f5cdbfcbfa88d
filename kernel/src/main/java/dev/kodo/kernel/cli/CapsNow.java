package dev.kodo.kernel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kodo.kernel.budget.Cap;
import dev.kodo.kernel.budget.Caps;
import dev.kodo.kernel.budget.Raise;
import dev.kodo.kernel.budget.Usd;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

/**
 * The caps that hold, as the guard reports them or as the file of a stopped Kodo has them.
 *
 * @param caps with what the owner allowed for today
 * @param raise what is allowed for today
 * @param trouble why an edit is not in force; empty when all are
 * @param next what to do about it
 */
record CapsNow(Caps caps, Raise raise, String trouble, String next) {

  static CapsNow of(Caps file) {
    return new CapsNow(file, Raise.NONE, "", "");
  }

  /** From the guard's own report. */
  static CapsNow of(JsonNode report) {
    JsonNode caps = report.path("caps");
    Map<String, Usd> agents = new HashMap<>();
    report
        .path("agents")
        .forEach(agent -> agents.put(agent.path("agent").asText(), usd(agent.path("cap"))));
    return new CapsNow(
        new Caps(
            usd(caps.path(Cap.PER_CALL.key())),
            usd(caps.path(Cap.PER_HEARTBEAT.key())),
            usd(caps.path(Cap.PER_HOUR.key())),
            usd(caps.path(Cap.PER_DAY.key())),
            usd(caps.path(Cap.PER_AGENT.key())),
            usd(caps.path("unknown-price")),
            agents,
            Raise.NONE),
        raise(report.path("raisedToday")),
        report.path("trouble").asText(),
        report.path("next").asText());
  }

  private static Raise raise(JsonNode raised) {
    if (!raised.isObject()) {
      return Raise.NONE;
    }
    Map<String, Usd> agents = new HashMap<>();
    raised.path("agents").properties().forEach(e -> agents.put(e.getKey(), usd(e.getValue())));
    return new Raise(LocalDate.MIN, usd(raised.path(Cap.PER_DAY.key())), agents, "");
  }

  private static Usd usd(JsonNode amount) {
    return Usd.parse(amount.asText());
  }
}
