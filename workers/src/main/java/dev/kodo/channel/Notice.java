package dev.kodo.channel;

import java.time.Instant;

/**
 * One thing that the owner is told.
 *
 * @param noticeId names the occasion, for example {@code sos-main-4}
 * @param subject one line
 * @param body plain text: what happened, the numbers, and what the owner can do
 */
public record Notice(
    String noticeId,
    String agentId,
    NoticeKind kind,
    String subject,
    String body,
    Instant createdAt) {
  /** The whole text for a channel that knows no subject. */
  public String text() {
    return subject + "\n\n" + body;
  }
}
