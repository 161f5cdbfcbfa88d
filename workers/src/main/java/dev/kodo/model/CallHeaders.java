package dev.kodo.model;

import dev.kodo.worker.JobIdentity;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a call says about itself to the guard. */
final class CallHeaders {
  /** The guard refuses longer values. */
  private static final int LONGEST = 200;

  private CallHeaders() {}

  static Map<String, String> of(ModelCall call) {
    JobIdentity job = call.job();
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Idempotency-Key", call.key());
    headers.put("Kodo-Call", call.key());
    headers.put("Kodo-Agent", job.agentId());
    headers.put("Kodo-Heartbeat", call.question().heartbeatId());
    headers.put("Kodo-Process", job.processId());
    headers.put("Kodo-Element", job.elementId());
    headers.put("Kodo-Purpose", call.question().purpose().id());
    Allowance allowance = call.question().allowance();
    if (allowance != null) {
      headers.put("Kodo-Heartbeat-Cap", allowance.usd().toPlainString());
      headers.put("Kodo-Heartbeat-Calls", Integer.toString(allowance.calls()));
    }
    headers.put("Kodo-Least-Answer", Integer.toString(call.question().contract().least()));
    if (job.deadline() != null) {
      headers.put("Kodo-Deadline", job.deadline().toString());
    }
    if (call.allRoom()) {
      headers.put("Kodo-Room", "all");
    }
    headers.replaceAll((name, value) -> printable(value));
    return headers;
  }

  /** Ids of diagrams may hold letters that no header takes. */
  private static String printable(String value) {
    String ascii = value.replaceAll("[^\\x21-\\x7E]", "?");
    return ascii.length() <= LONGEST ? ascii : ascii.substring(0, LONGEST);
  }
}
