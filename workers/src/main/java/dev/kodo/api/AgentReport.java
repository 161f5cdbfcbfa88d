package dev.kodo.api;

import dev.kodo.agent.AgentState;
import dev.kodo.agent.Agents;
import dev.kodo.channel.NoticeStatus;
import dev.kodo.channel.Notices;
import dev.kodo.heartbeat.BeatCounts;
import dev.kodo.heartbeat.Heartbeats;
import dev.kodo.heartbeat.RecentTrouble;
import dev.kodo.heartbeat.RecentWork;
import dev.kodo.routine.Routines;
import dev.kodo.session.PruningRecord;
import dev.kodo.survival.Standing;
import dev.kodo.survival.Survival;
import dev.kodo.theme.PausedTheme;
import dev.kodo.theme.Theme;
import dev.kodo.theme.Themes;
import java.time.Instant;
import java.util.List;
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
   * @param pausedThemes themes of its own that wait for a person's to end, the oldest first
   * @param lately choices by table, cut pieces and beats with nothing worth keeping
   * @param trouble what the last beats in a row met, which is why an agent in review stands; null
   *     when the last one met nothing
   * @param waitsForRoomSince set while a beat is due that the budget left does not hold
   * @param survival the tier and the measurement behind it, null before the first beat
   * @param sos the last notice to the owner, null when there was none
   */
  record AgentStatus(
      String agentId,
      String state,
      @Nullable RunningTheme theme,
      List<WaitingTheme> pausedThemes,
      @Nullable Beating beating,
      @Nullable Instant waitsForRoomSince,
      BeatCounts beats,
      RecentWork lately,
      @Nullable RecentTrouble trouble,
      HeartbeatController.@Nullable EndedBeat lastBeat,
      @Nullable Standing survival,
      @Nullable NoticeStatus sos,
      Routines.Summary routines,
      PruningRecord.@Nullable Pruned pruned) {}

  record RunningTheme(String id, String name, String title, Instant startedAt, int beats) {}

  record WaitingTheme(String id, String title, Instant startedAt, Instant pausedAt, int beats) {}

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
        themes.paused(agentId).stream().map(this::waiting).toList(),
        heartbeats
            .open(agentId)
            .map(beat -> new Beating(beat.heartbeatId(), beat.activity(), beat.openedAt()))
            .orElse(null),
        heartbeats.waitsForRoomSince(agentId).orElse(null),
        heartbeats.counts(agentId),
        heartbeats.lately(agentId),
        heartbeats.trouble(agentId).orElse(null),
        heartbeats.last(agentId).map(ended::told).orElse(null),
        survival.of(agentId).orElse(null),
        notices.latest(agentId).orElse(null),
        routines.summary(agentId),
        pruning.of(agentId).orElse(null));
  }

  private WaitingTheme waiting(PausedTheme paused) {
    Theme theme = paused.theme();
    return new WaitingTheme(
        theme.id(),
        theme.title(),
        theme.startedAt(),
        paused.pausedAt(),
        heartbeats.beatsInTheme(theme.agentId(), theme.id()));
  }
}
