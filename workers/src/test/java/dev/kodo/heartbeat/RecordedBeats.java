package dev.kodo.heartbeat;

import dev.kodo.agent.Agents;
import dev.kodo.testing.TestDatabase;
import java.time.Clock;

/** Puts beats into the record, for tests of other features. */
public final class RecordedBeats {
  private final BeatStore beats;
  private final Room room;
  private final Clock clock;

  public RecordedBeats(TestDatabase database, Clock clock) {
    this.room = new Room(database.jdbc(), new Agents(database.jdbc(), clock), clock);
    this.beats = new BeatStore(database.jdbc(), clock);
    this.clock = clock;
  }

  public Heartbeats heartbeats() {
    return new Heartbeats(beats, room, clock);
  }

  /** Opens a beat of the agent {@code main}. */
  public void open(String heartbeatId, long processInstanceKey) {
    beats.insertOpen(
        new Beat(
            0,
            "main",
            heartbeatId,
            processInstanceKey,
            "normal",
            "timer",
            BeatState.OPEN,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            clock.instant(),
            null));
  }

  public void end(String heartbeatId) {
    beats.end("main", heartbeatId, BeatState.CLOSED, null);
  }

  public void fail(String heartbeatId, String errorCode) {
    beats.end("main", heartbeatId, BeatState.FAILED, new BeatStore.Trouble(errorCode, ""));
  }
}
