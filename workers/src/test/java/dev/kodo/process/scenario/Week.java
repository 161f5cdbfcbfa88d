package dev.kodo.process.scenario;

import io.camunda.zeebe.protocol.record.Record;
import io.camunda.zeebe.protocol.record.intent.TimerIntent;
import io.camunda.zeebe.protocol.record.value.TimerRecordValue;
import java.time.Duration;
import java.util.Map;

/** Lets one agent live for a week at its usual pace, on whatever body. */
public final class Week {
  public static final int BEATS = 336;
  private static final Duration PACE = Duration.ofMinutes(30);

  private final ScenarioEngine engine;
  private final Life life;

  public Week(ScenarioEngine engine, Body body) {
    this.engine = engine;
    this.life = new Life(engine, body);
  }

  /**
   * Starts the agent and moves the clock on by half an hour whenever it waits for its next beat.
   *
   * @return what the engine saw
   */
  public WeekRecord live(String agentId) {
    RecordTail all = RecordTail.fromHere(engine);
    RecordTail waits = RecordTail.fromHere(engine);
    engine.publish("start-agent", agentId, Duration.ZERO, Map.of("agentId", agentId));
    // The first wait is the one of zero length right after the start.
    awaitWaiting(waits, 2);
    for (int beat = 2; beat <= BEATS; beat++) {
      life.tick(PACE);
      awaitWaiting(waits, 1);
    }
    engine.publish("stop-agent", agentId, PACE, Map.of());
    life.settle();
    return WeekRecord.of(all.read());
  }

  private void awaitWaiting(RecordTail waits, int times) {
    int[] seen = {0};
    life.workUntil(
        "the agent waits for its next beat",
        () -> {
          seen[0] += (int) waits.read().stream().filter(Week::isWait).count();
          return seen[0] >= times;
        });
  }

  private static boolean isWait(Record<?> event) {
    return event.getIntent() == TimerIntent.CREATED
        && event.getValue() instanceof TimerRecordValue timer
        && timer.getTargetElementId().equals("TimerEvent_BeatDue");
  }
}
