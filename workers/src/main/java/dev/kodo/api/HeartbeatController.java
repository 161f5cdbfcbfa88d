package dev.kodo.api;

import dev.kodo.heartbeat.Beat;
import dev.kodo.heartbeat.Heartbeats;
import dev.kodo.model.HeartbeatUse;
import dev.kodo.model.Models;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Tells the beats that ended, in the order of their ends; the highest {@code seq} is the cursor for
 * the next call.
 */
@RestController
@RequestMapping("/api/heartbeats")
class HeartbeatController {
  private static final int MOST = 500;

  private final Heartbeats heartbeats;
  private final Models models;

  HeartbeatController(Heartbeats heartbeats, Models models) {
    this.heartbeats = heartbeats;
    this.models = models;
  }

  record Page(long last, List<EndedBeat> heartbeats) {}

  record EndedBeat(
      long seq,
      String agentId,
      String heartbeatId,
      String mode,
      String trigger,
      @Nullable String activity,
      @Nullable String reason,
      @Nullable String chosenBy,
      @Nullable String cut,
      boolean nothingKept,
      String outcome,
      @Nullable String errorCode,
      @Nullable String errorMessage,
      @Nullable String theme,
      @Nullable String artifactPath,
      @Nullable String logPath,
      String model,
      boolean rehearsal,
      long durationMs,
      @Nullable Instant closedAt) {}

  @GetMapping
  Page ended(
      @RequestParam(defaultValue = "0") long after, @RequestParam(defaultValue = "100") int limit) {
    List<EndedBeat> beats =
        heartbeats.endedAfter(after, Math.clamp(limit, 1, MOST)).stream().map(this::told).toList();
    return new Page(beats.isEmpty() ? after : beats.getLast().seq(), beats);
  }

  EndedBeat told(Beat beat) {
    HeartbeatUse use = models.useOf(beat.agentId(), beat.heartbeatId());
    return new EndedBeat(
        beat.seq(),
        beat.agentId(),
        beat.heartbeatId(),
        beat.mode(),
        beat.trigger(),
        beat.activity(),
        beat.reason(),
        beat.marks().chosenBy() == null ? null : beat.marks().chosenBy().id(),
        beat.marks().cut(),
        beat.marks().nothingKept(),
        beat.state().id(),
        beat.errorCode(),
        beat.errorMessage(),
        beat.themeId(),
        beat.artifactPath(),
        beat.logPath(),
        use.model(),
        use.rehearsal(),
        beat.durationMs(beat.openedAt()),
        beat.closedAt());
  }
}
