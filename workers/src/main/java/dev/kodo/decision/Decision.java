package dev.kodo.decision;

import java.time.Instant;

/**
 * A question that waits for a person.
 *
 * @param decisionId short id to type, for example {@code D-7}
 * @param detail Markdown with all that is needed to answer
 * @param hash SHA-256 over question and detail: an answer is bound to what was shown
 */
public record Decision(
    String decisionId,
    String agentId,
    String kind,
    String question,
    String detail,
    String hash,
    Instant createdAt,
    Instant dueAt) {}
