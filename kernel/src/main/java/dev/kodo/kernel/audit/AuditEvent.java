package dev.kodo.kernel.audit;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What happened, before it has its place in the log. Texts are cut to 300 characters and lose
 * control characters. Nothing secret belongs here: the log is read by everybody who may read.
 *
 * @param subject what was acted on, such as a model, a file or a cap
 * @param outcome in a word or two, such as {@code ok} or {@code budget-exceeded}
 * @param digest of the content that was handled, where there is one; never the content itself
 * @param detail at most 20 further facts, by name
 */
public record AuditEvent(
    Actor actor,
    Kind kind,
    @Nullable String agentId,
    @Nullable String heartbeatId,
    String subject,
    String outcome,
    @Nullable Hash digest,
    Map<String, String> detail) {
  private static final int MOST_DETAILS = 20;

  public AuditEvent {
    if (detail.size() > MOST_DETAILS) {
      throw new IllegalArgumentException(
          "Expected at most " + MOST_DETAILS + " details, but got " + detail.size());
    }
    agentId = PlainText.ofNullable(agentId);
    heartbeatId = PlainText.ofNullable(heartbeatId);
    subject = PlainText.of(subject);
    outcome = PlainText.of(outcome);
    TreeMap<String, String> plain = new TreeMap<>();
    detail.forEach((name, value) -> plain.put(PlainText.of(name), PlainText.of(value)));
    detail = java.util.Collections.unmodifiableMap(plain);
  }

  /** An event of no agent in particular. */
  public static AuditEvent of(Actor actor, Kind kind, String subject, String outcome) {
    return new AuditEvent(actor, kind, null, null, subject, outcome, null, Map.of());
  }

  public AuditEvent with(Map<String, String> details) {
    return new AuditEvent(actor, kind, agentId, heartbeatId, subject, outcome, digest, details);
  }

  public AuditEvent by(String agent, @Nullable String heartbeat) {
    return new AuditEvent(actor, kind, agent, heartbeat, subject, outcome, digest, detail);
  }

  public AuditEvent about(Hash content) {
    return new AuditEvent(actor, kind, agentId, heartbeatId, subject, outcome, content, detail);
  }
}
