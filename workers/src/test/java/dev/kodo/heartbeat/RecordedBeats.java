package dev.kodo.heartbeat;

import dev.kodo.agent.Agents;
import dev.kodo.testing.TestDatabase;
import java.time.Clock;

/** Puts beats into the record, for tests of other features. */
public final class RecordedBeats {
  private final BeatStore beats;
  private final BeatRecord record;
  private final Streak streak;
  private final Room room;
  private final Clock clock;

  public RecordedBeats(TestDatabase database, Clock clock) {
    Agents agents = new Agents(database.jdbc(), clock);
    this.room = new Room(database.jdbc(), agents, clock);
    this.beats = new BeatStore(database.jdbc(), clock);
    this.record = new BeatRecord(database.jdbc());
    this.streak = new Streak(beats, record, agents);
    this.clock = clock;
  }

  public Heartbeats heartbeats() {
    return new Heartbeats(beats, record, streak, room, clock);
  }

  /** Opens a beat of the agent {@code main}. */
  public void open(String heartbeatId, long processInstanceKey) {
    beats.insertOpen(
        Beat.opened(
            "main", heartbeatId, processInstanceKey, "normal", "timer", null, clock.instant()));
  }

  public void end(String heartbeatId) {
    beats.end("main", heartbeatId, BeatState.CLOSED, null);
  }

  public void fail(String heartbeatId, String errorCode) {
    beats.end("main", heartbeatId, BeatState.FAILED, new BeatStore.Trouble(errorCode, ""));
  }
}
