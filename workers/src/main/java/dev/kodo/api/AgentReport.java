package dev.kodo.api;

import dev.kodo.agent.AgentState;
import dev.kodo.agent.Agents;
import dev.kodo.channel.NoticeStatus;
import dev.kodo.channel.Notices;
import dev.kodo.heartbeat.BeatCounts;
import dev.kodo.heartbeat.Heartbeats;
import dev.kodo.routine.Routines;
import dev.kodo.session.PruningRecord;
import dev.kodo.survival.Standing;
import dev.kodo.survival.Survival;
import dev.kodo.theme.Themes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the status tells of one agent. */
@Component
class AgentReport {
  private final Agents agents;
  private final Heartbeats heartbeats;
  private final Themes themes;
  private final HeartbeatController ended;
  private final Survival survival;
  private final Notices notices;
  private final Routines routines;
  private final PruningRecord pruning;

  AgentReport(
      Agents agents,
      Heartbeats heartbeats,
      Themes themes,
      HeartbeatController ended,
      Survival survival,
      Notices notices,
      Routines routines,
      PruningRecord pruning) {
    this.agents = agents;
    this.heartbeats = heartbeats;
    this.themes = themes;
    this.ended = ended;
    this.survival = survival;
    this.notices = notices;
    this.routines = routines;
    this.pruning = pruning;
  }

  /**
   * @param waitsForRoomSince set while a beat is due that the budget left does not hold
   * @param survival the tier and the measurement behind it, null before the first beat
   * @param sos the last notice to the owner, null when there was none
   */
  record AgentStatus(
      String agentId,
      String state,
      @Nullable RunningTheme theme,
      @Nullable Beating beating,
      @Nullable Instant waitsForRoomSince,
      BeatCounts beats,
      HeartbeatController.@Nullable EndedBeat lastBeat,
      @Nullable Standing survival,
      @Nullable NoticeStatus sos,
      Routines.Summary routines,
      PruningRecord.@Nullable Pruned pruned) {}

  record RunningTheme(String id, String name, String title, Instant startedAt, int beats) {}

  record Beating(String heartbeatId, @Nullable String activity, Instant since) {}

  AgentStatus of(String agentId) {
    return new AgentStatus(
        agentId,
        agents.state(agentId).map(AgentState::id).orElse("unknown"),
        themes
            .current(agentId)
            .map(
                theme ->
                    new RunningTheme(
                        theme.id(),
                        theme.name(),
                        theme.title(),
                        theme.startedAt(),
                        heartbeats.beatsInTheme(agentId, theme.id())))
            .orElse(null),
        heartbeats
            .open(agentId)
            .map(beat -> new Beating(beat.heartbeatId(), beat.activity(), beat.openedAt()))
            .orElse(null),
        heartbeats.waitsForRoomSince(agentId).orElse(null),
        heartbeats.counts(agentId),
        heartbeats.last(agentId).map(ended::told).orElse(null),
        survival.of(agentId).orElse(null),
        notices.latest(agentId).orElse(null),
        routines.summary(agentId),
        pruning.of(agentId).orElse(null));
  }
}
