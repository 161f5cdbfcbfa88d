package dev.kodo.kernel.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kodo.kernel.home.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * One row of the log. Actor and kind are texts, so that also a row that this program did not write
 * can be shown.
 *
 * @param seq from 1, without gaps
 * @param at in whole microseconds
 * @param detail a JSON object on one line, its names in order
 * @param previousHash of the entry before; 32 zero bytes before the first
 */
public record AuditEntry(
    long seq,
    Instant at,
    String actor,
    String kind,
    @Nullable String agentId,
    @Nullable String heartbeatId,
    String subject,
    String outcome,
    @Nullable Hash digest,
    String detail,
    Hash previousHash,
    Hash hash) {

  /** Gives an event its place in the chain. */
  static AuditEntry of(long seq, Instant now, AuditEvent event, Hash previous) {
    Instant at = now.truncatedTo(ChronoUnit.MICROS);
    AuditEntry entry =
        new AuditEntry(
            seq,
            at,
            event.actor().word(),
            event.kind().word(),
            event.agentId(),
            event.heartbeatId(),
            event.subject(),
            event.outcome(),
            event.digest(),
            json(event),
            previous,
            Hash.NONE);
    return entry.hashed();
  }

  private AuditEntry hashed() {
    Hash own = EntryForm.hash(EntryForm.hashed(this));
    return new AuditEntry(
        seq,
        at,
        actor,
        kind,
        agentId,
        heartbeatId,
        subject,
        outcome,
        digest,
        detail,
        previousHash,
        own);
  }

  private static String json(AuditEvent event) {
    ObjectNode json = Json.object();
    event.detail().forEach(json::put);
    return Json.line(json);
  }
}
