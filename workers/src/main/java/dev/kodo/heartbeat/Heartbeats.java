package dev.kodo.heartbeat;

import dev.kodo.agent.LastTrouble;
import dev.kodo.introspection.BeatHistory;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What others may know about beats. */
@Component
public class Heartbeats implements LastTrouble, BeatHistory {
  private static final int SHOWN_TROUBLES = 5;

  private final BeatStore beats;
  private final BeatRecord record;
  private final Streak streak;
  private final Room room;
  private final Clock clock;

  Heartbeats(BeatStore beats, BeatRecord record, Streak streak, Room room, Clock clock) {
    this.beats = beats;
    this.record = record;
    this.streak = streak;
    this.room = room;
    this.clock = clock;
  }

  /** The beat that is open now. */
  public Optional<Beat> open(String agentId) {
    return beats.open(agentId);
  }

  /** Since when a beat is due that the budget left does not hold; empty when none is. */
  public Optional<Instant> waitsForRoomSince(String agentId) {
    return room.waitsSince(agentId);
  }

  /** The beat that ended last. */
  public Optional<Beat> last(String agentId) {
    return beats.recent(agentId, 1).stream().findFirst();
  }

  /** Id, state and error of the beat that last ended in trouble, on one line. */
  public Optional<String> lastTrouble(String agentId) {
    return beats
        .lastIn(agentId, List.of(BeatState.FAILED, BeatState.INCOMPLETE, BeatState.CRASHED))
        .map(
            beat ->
                "%s %s %s"
                    .formatted(
                        beat.heartbeatId(),
                        beat.state().id(),
                        beat.errorCode() == null ? "" : beat.errorCode()));
  }

  /** Ended beats of all agents in the order of their ends, after a cursor. */
  public List<Beat> endedAfter(long seq, int limit) {
    return beats.endedAfter(seq, limit);
  }

  /** How many beats of an agent ended in which state, and how many opened today. */
  public BeatCounts counts(String agentId) {
    Map<BeatState, Integer> byState = beats.countByState(agentId);
    Instant midnight = clock.instant().atZone(clock.getZone()).with(LocalTime.MIN).toInstant();
    return new BeatCounts(
        byState.getOrDefault(BeatState.CLOSED, 0),
        byState.getOrDefault(BeatState.FAILED, 0),
        byState.getOrDefault(BeatState.INCOMPLETE, 0),
        byState.getOrDefault(BeatState.CUT_SHORT, 0),
        byState.getOrDefault(BeatState.CRASHED, 0),
        beats.countOpenedSince(agentId, midnight));
  }

  /** What the last beats in a row met; empty when the last one met nothing. */
  public Optional<RecentTrouble> trouble(String agentId) {
    return streak.trouble(agentId);
  }

  /** Choices by table, cut pieces and beats with nothing worth keeping among the latest 20. */
  public RecentWork lately(String agentId) {
    return record.lately(agentId);
  }

  /** The last beats of all agents that closed, the newest first. */
  public List<Beat> lastClosed(int most) {
    return beats.newestClosed(most);
  }

  /** How many beats of a theme closed, without the one that started it. */
  public int beatsInTheme(String agentId, String themeId) {
    return beats.beatsInTheme(agentId, themeId);
  }

  @Override
  public String describe(String agentId) {
    StringBuilder text = new StringBuilder();
    for (Beat beat : beats.recent(agentId, SHOWN_TROUBLES)) {
      text.append(
          "- %s (%s): %s %s; log: %s\n"
              .formatted(
                  beat.heartbeatId(),
                  beat.activity() == null ? "no activity" : beat.activity(),
                  beat.errorCode() == null ? "no error" : beat.errorCode(),
                  told(beat),
                  beat.logPath() == null ? "none" : beat.logPath()));
    }
    return text.toString();
  }

  private static String told(Beat beat) {
    String message = beat.errorMessage() == null ? "" : beat.errorMessage();
    return beat.marks().choiceFault() == null
        ? message
        : "%s (a table chose the activity: %s)"
            .formatted(message, beat.marks().choiceFault())
            .strip();
  }

  @Override
  public Optional<String> again(String agentId) {
    return trouble(agentId).map(RecentTrouble::what);
  }

  @Override
  public long lastClosingNumber(String agentId) {
    return last(agentId).map(Beat::seq).orElse(0L);
  }

  @Override
  public List<PastBeat> latest(String agentId, int most) {
    return beats.recent(agentId, most).stream()
        .map(
            beat ->
                new PastBeat(
                    beat.heartbeatId(), beat.activity(), beat.state().id(), beat.errorCode()))
        .toList();
  }
}
