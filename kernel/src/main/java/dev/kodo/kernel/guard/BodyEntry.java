package dev.kodo.kernel.guard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kodo.kernel.audit.Actor;
import dev.kodo.kernel.audit.AuditEvent;
import dev.kodo.kernel.audit.Hash;
import dev.kodo.kernel.audit.Kind;
import dev.kodo.kernel.guard.http.Request;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the body reports about itself. It is recorded as the body's claim, whatever it says. */
final class BodyEntry {
  private static final Set<Kind> KINDS =
      Set.of(
          Kind.TOOL_CALL,
          Kind.FILE_CHANGE,
          Kind.TIER_CHANGE,
          Kind.APPROVAL,
          Kind.RELEASE,
          Kind.REPAIR);
  private static final int MOST_DETAILS = 20;

  private BodyEntry() {}

  static AuditEvent of(Request request) throws CallRefused {
    String agent = Claims.required(request.headers(), "Kodo-Agent");
    ObjectNode json = StrictJson.request(request.body());
    CallShape.allow(json, "", Set.of("kind", "subject", "outcome", "digest", "detail"));
    Map<String, String> detail = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : json.path("detail").properties()) {
      detail.put(entry.getKey(), text(entry.getValue(), "detail." + entry.getKey()));
    }
    if (detail.size() > MOST_DETAILS) {
      throw CallShape.malformed("detail", "at most " + MOST_DETAILS + " facts");
    }
    AuditEvent event =
        AuditEvent.of(
                Actor.BODY,
                kind(json),
                text(json.path("subject"), "subject"),
                text(json.path("outcome"), "outcome"))
            .by(agent, Claims.claim(request.headers(), "Kodo-Heartbeat"))
            .with(detail);
    return json.has("digest") ? event.about(digest(json)) : event;
  }

  private static Kind kind(ObjectNode json) throws CallRefused {
    String word = text(json.path("kind"), "kind");
    return KINDS.stream()
        .filter(kind -> kind.word().equals(word))
        .findFirst()
        .orElseThrow(() -> CallShape.refused("kind"));
  }

  private static Hash digest(ObjectNode json) throws CallRefused {
    try {
      return Hash.parse(text(json.path("digest"), "digest"));
    } catch (IllegalArgumentException e) {
      throw CallShape.malformed("digest", "a SHA-256 in hex digits");
    }
  }

  private static String text(JsonNode value, String place) throws CallRefused {
    if (!value.isTextual()) {
      throw CallShape.malformed(place, "a text");
    }
    return value.textValue();
  }
}
