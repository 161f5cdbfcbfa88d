package dev.kodo.heartbeat;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One beat as the database knows it.
 *
 * @param seq order in which beats ended; 0 while it is open
 * @param artifactPath what the activity says it wrote, relative to the agent's workspace
 */
public record Beat(
    long seq,
    String agentId,
    String heartbeatId,
    long processInstanceKey,
    String mode,
    String trigger,
    BeatState state,
    @Nullable String themeId,
    @Nullable String activity,
    @Nullable String reason,
    @Nullable String artifactPath,
    @Nullable String summary,
    @Nullable String logPath,
    @Nullable String errorCode,
    @Nullable String errorMessage,
    Instant openedAt,
    @Nullable Instant closedAt,
    BeatMarks marks) {

  /** A beat that begins now. */
  static Beat opened(
      String agentId,
      String heartbeatId,
      long processInstanceKey,
      String mode,
      String trigger,
      @Nullable String themeId,
      Instant now) {
    return new Beat(
        0,
        agentId,
        heartbeatId,
        processInstanceKey,
        mode,
        trigger,
        BeatState.OPEN,
        themeId,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        now,
        null,
        BeatMarks.NONE);
  }

  /** How long it took so far or in all, in milliseconds. */
  public long durationMs(Instant now) {
    Instant end = closedAt == null ? now : closedAt;
    return Math.max(0, end.toEpochMilli() - openedAt.toEpochMilli());
  }
}
