package dev.kodo.heartbeat;

import dev.kodo.agent.Agents;
import dev.kodo.config.KodoProperties;
import dev.kodo.process.ProcessEngine;
import dev.kodo.theme.PersonFirst;
import dev.kodo.theme.Theme;
import dev.kodo.theme.Themes;
import dev.kodo.worker.JobFailure;
import dev.kodo.worker.JobRun;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/** Opens a beat: gives it its id, and finds out what became of the one before. */
@Component
class Opening {
  /** The tier in which no new work begins. */
  private static final String DEAD = "dead";

  private static final String NO_ROOM = "no-room";

  /** In units of the pause between beats; a dead agent asks in every eighth. */
  private static final int PATIENCE = 10;

  private final BeatStore beats;
  private final BeatRecord record;
  private final Room room;
  private final Agents agents;
  private final Themes themes;
  private final PersonFirst personFirst;
  private final ProcessEngine engine;
  private final KodoProperties properties;
  private final Clock clock;

  Opening(
      BeatStore beats,
      BeatRecord record,
      Room room,
      Agents agents,
      Themes themes,
      PersonFirst personFirst,
      ProcessEngine engine,
      KodoProperties properties,
      Clock clock) {
    this.beats = beats;
    this.record = record;
    this.room = room;
    this.agents = agents;
    this.themes = themes;
    this.personFirst = personFirst;
    this.engine = engine;
    this.properties = properties;
    this.clock = clock;
  }

  /**
   * What the diagram says.
   *
   * @param beatsAtOnce how many beats of all agents may be open; null for no limit
   */
  record OpenBeat(
      @Nullable String agentId,
      @Nullable String trigger,
      @Nullable String tier,
      @Nullable BigDecimal beatsAtOnce) {}

  /**
   * What the diagram needs to know about a beat that was opened.
   *
   * @param previousBeat {@code closed}, {@code running} or {@code crashed}
   * @param beatsSince how many beats of the theme ago each activity was last tried; an activity
   *     that the theme has not seen is absent
   * @param personWaits whether the theme is the agent's own and a person's theme waits behind it
   * @param baseInterval pause between beats as it is configured now
   * @param outcome set already when this beat ends at once, because another one is open, the agent
   *     is dead or the budget left holds no further beat
   */
  record Opened(
      String agentId,
      @Nullable String heartbeatId,
      String mode,
      String previousBeat,
      @Nullable String crashedHeartbeatId,
      boolean hasTheme,
      @Nullable String themeId,
      int beatsInTheme,
      Map<String, Integer> beatsSince,
      boolean personWaits,
      String timeLimit,
      String baseInterval,
      @Nullable String outcome,
      int sameErrorCount) {}

  Opened open(OpenBeat input, JobRun run) {
    String agentId = run.agentId();
    if (DEAD.equals(input.tier())) {
      return run.commit(
          () -> {
            room.stillWaits(agentId);
            return nothingOpened(agentId, "closed", DEAD);
          });
    }
    long instance = run.identity().processInstanceKey();
    Optional<Beat> unclosed = beats.open(agentId);
    if (unclosed.isPresent() && engine.isRunning(unclosed.get().processInstanceKey())) {
      return run.commit(() -> nothingOpened(agentId, "running", "already-beating"));
    }
    try {
      return run.commit(() -> opened(agentId, instance, input, unclosed));
    } catch (DuplicateKeyException anotherBeatOpenedMeanwhile) {
      throw JobFailure.postpone(
          Duration.ofMillis(200), "Another beat of agent " + agentId + " opened just now.");
    }
  }

  /** No beat gets an id or a row: nothing begins, so nothing has to be ended. */
  private Opened nothingOpened(String agentId, String previousBeat, String outcome) {
    return new Opened(
        agentId,
        null,
        "normal",
        previousBeat,
        null,
        false,
        null,
        0,
        Map.of(),
        false,
        limit(),
        interval(),
        outcome,
        0);
  }

  private Opened opened(String agentId, long instance, OpenBeat input, Optional<Beat> unclosed) {
    agents.ensure(agentId);
    // A beat that closed while the engine was being asked did not crash.
    Optional<Beat> crashed = unclosed.filter(this::markCrashed);
    // A beat that crashed has left its place to this one.
    if (crashed.isEmpty() && !room.holds(agentId, input.beatsAtOnce(), patience())) {
      return nothingOpened(agentId, "closed", NO_ROOM);
    }
    room.take(agentId);
    String id = HeartbeatId.next(clock, properties.zone(), beats.lastId(agentId)).text();
    String mode = crashed.isPresent() ? "recovery" : "normal";
    Optional<Theme> theme = themes.current(agentId);
    String themeId = theme.map(Theme::id).orElse(null);
    beats.insertOpen(
        Beat.opened(
            agentId,
            id,
            instance,
            mode,
            input.trigger() == null ? "rest" : input.trigger(),
            themeId,
            clock.instant()));
    return new Opened(
        agentId,
        id,
        mode,
        crashed.isPresent() ? "crashed" : "closed",
        crashed.map(Beat::heartbeatId).orElse(null),
        themeId != null,
        themeId,
        themeId == null ? 0 : beats.beatsInTheme(agentId, themeId),
        themeId == null ? Map.of() : record.beatsSince(agentId, themeId),
        theme.filter(personFirst::waitsBehind).isPresent(),
        limit(),
        interval(),
        null,
        0);
  }

  private boolean markCrashed(Beat beat) {
    return beats.end(
        beat.agentId(),
        beat.heartbeatId(),
        BeatState.CRASHED,
        new BeatStore.Trouble(
            "HEARTBEAT_CRASHED", "The beat never closed; the next one found it."));
  }

  private Duration patience() {
    return properties.heartbeat().interval().multipliedBy(PATIENCE);
  }

  private String interval() {
    return properties.heartbeat().interval().toString();
  }

  private String limit() {
    return properties.heartbeat().timeLimit().toString();
  }
}
