package dev.kodo.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kodo.guard.GuardAway;
import dev.kodo.guard.GuardClient;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The guard's {@code POST /audit}. */
class GuardLog {
  /** Answers after which the same entry may be taken later. */
  private static final Set<Integer> PASSING = Set.of(401, 408);

  private static final int TOO_MANY_ENTRIES = 429;

  private final GuardClient guard;
  private final ObjectMapper json;

  GuardLog(GuardClient guard, ObjectMapper json) {
    this.guard = guard;
    this.json = json;
  }

  /** What became of an entry. */
  sealed interface Answer {
    /** It is on the guard's disk. */
    record Entered() implements Answer {}

    /** It will never be taken as it is. */
    record Refused(String why) implements Answer {}

    /** This agent has told enough for the moment; the others have not. */
    record Full(String why) implements Answer {}

    /** Try again later. */
    record Away(String why) implements Answer {}
  }

  Answer append(Waiting entry) {
    ObjectNode body = json.createObjectNode();
    body.put("kind", entry.kind());
    body.put("subject", entry.subject());
    body.put("outcome", entry.outcome());
    ObjectNode detail = body.putObject("detail");
    entry
        .detail()
        .properties()
        .forEach(field -> detail.put(field.getKey(), field.getValue().asText()));
    detail.put("outbox", String.valueOf(entry.number()));
    Map<String, String> headers = new HashMap<>(Map.of("Kodo-Agent", entry.agentId()));
    if (entry.heartbeatId() != null) {
      headers.put("Kodo-Heartbeat", entry.heartbeatId());
    }
    try {
      return judge(guard.post("/audit", headers, body.toString()));
    } catch (GuardAway away) {
      return new Answer.Away(String.valueOf(away.getMessage()));
    }
  }

  private static Answer judge(GuardClient.Answer answer) {
    if (answer.isOk()) {
      return new Answer.Entered();
    }
    int status = answer.status();
    if (status == TOO_MANY_ENTRIES) {
      return new Answer.Full(answer.told());
    }
    return status >= 500 || PASSING.contains(status)
        ? new Answer.Away(answer.told())
        : new Answer.Refused(answer.told());
  }
}
