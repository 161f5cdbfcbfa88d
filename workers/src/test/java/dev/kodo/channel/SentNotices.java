package dev.kodo.channel;

import java.time.Instant;

/** Notices to send, for the tests of the channels. */
public final class SentNotices {
  private SentNotices() {}

  public static Notice sos() {
    return new Notice(
        "sos-main-4",
        "main",
        NoticeKind.SOS,
        "Kodo: agent main is critical",
        "86 % of today's budget is spent.\n\nkodo panic",
        Instant.parse("2026-01-31T09:30:00Z"));
  }
}
