package dev.kodo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kodo.testing.InMemoryEngine;
import dev.kodo.testing.SettableClock;
import dev.kodo.testing.SimulatedLife;
import io.camunda.zeebe.protocol.record.Record;
import io.camunda.zeebe.protocol.record.intent.ProcessInstanceIntent;
import io.camunda.zeebe.protocol.record.value.ProcessInstanceRecordValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Routines on the real diagrams with the real body, in time that the test moves. */
@Tag("slow")
class SimulatedRoutinesTest {
  private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);

  @TempDir Path workspace;
  private static final boolean SOAK = Boolean.getBoolean("kodo.soak");

  /** A month, or the short sample of it with shorter retention. */
  private static final int DAYS = SOAK ? 30 : 5;

  private static final int KEPT_RUNS = SOAK ? 200 : 30;

  private final InMemoryEngine engine = new InMemoryEngine();
  private SimulatedLife life;
  private Path agent;
  private int seen;
  private int waits;

  /** In Berlin the clocks go back in the night to 25 October 2026, a Sunday. */
  @BeforeEach
  void start() throws IOException {
    agent = workspace.resolve("main");
    Files.createDirectories(agent);
    Map<String, Object> settings = new HashMap<>();
    settings.put("kodo.time-zone", "Europe/Berlin");
    settings.put("kodo.heartbeat.interval", "P30D");
    settings.put("kodo.pruning.effects", SOAK ? "P7D" : "P1D");
    settings.put("kodo.pruning.routine-runs", KEPT_RUNS);
    life =
        new SimulatedLife(engine, workspace, new SettableClock("2026-10-22T20:10:00Z"), settings);
    awaitWaits(1);
  }

  @AfterEach
  void stop() {
    life.close();
  }

  @Test
  void runsThroughAWeekWithAChangeOfTheClocks() throws IOException {
    routines(
        """
        nightly:
          when: {cron: "30 2 * * *"}
          do: Say what the day was about.
        weekdays:
          when: {cron: "0 7 * * 1-5"}
          do: Say good morning.
        often:
          when: {cron: "0 */6 * * *"}
          do: Look around.
        off:
          when: {cron: "* * * * *"}
          do: Never.
          enabled: false
        """);
    pass(Duration.ofMinutes(1));

    for (int hour = 0; hour < 7 * 24; hour++) {
      pass(Duration.ofHours(1));
    }

    // Berlin: from Thursday 22:11 in summer time to the next Thursday 21:11 in winter time.
    assertThat(runs()).isEqualTo(Map.of("nightly", 7L, "weekdays", 5L, "often", 28L));
    // Looked at eleven minutes past each hour: half past two is seen at 03:11, but on the day on
    // which the hour comes twice at 02:11 for the second time, and only once.
    assertThat(times("nightly"))
        .containsExactly(
            "2026-10-23 03",
            "2026-10-24 03",
            "2026-10-25 02",
            "2026-10-26 03",
            "2026-10-27 03",
            "2026-10-28 03",
            "2026-10-29 03");
    assertThat(query("select distinct outcome from routine_run")).containsExactly("done");
    assertThat(query("select artifact from routine_run where routine = 'weekdays' order by run_id"))
        .allSatisfy(path -> assertThat(agent.resolve(path)).content().contains("outcome: done"));
    assertThat(
            query(
                "select distinct m.heartbeat_id from model_call m where heartbeat_id like 'routine/often/%'"))
        .hasSize(28);
  }

  @Test
  void runsOnceForAllTimesThatItMissed() throws IOException {
    routines(
        """
        hourly:
          when: {cron: "0 * * * *"}
          do: Look around.
        strict:
          when: {cron: "0 * * * *"}
          do: Look around.
          missed: skip
        """);
    pass(Duration.ofMinutes(1));

    pass(Duration.ofDays(3).plusMinutes(20));

    assertThat(runs()).isEqualTo(Map.of("hourly", 1L));
    pass(Duration.ofMinutes(29));
    assertThat(runs()).isEqualTo(Map.of("hourly", 2L, "strict", 1L));
  }

  @Test
  void startsAfterEventsAndKeepsTheOthersWhenOneEntryIsWrong() throws IOException {
    Files.createDirectories(agent.resolve("projects"));
    Files.writeString(agent.resolve("projects/old.csv"), "a,b\n");
    routines(
        """
        tables:
          when: {event: file-added, files: "projects/*.csv"}
          do: Say what is in the table.
        wrong:
          when: {corn: "0 7 * * *"}
          do: Never.
        """);
    pass(Duration.ofMinutes(1));
    assertThat(runs()).isEmpty();

    Files.writeString(agent.resolve("projects/new.csv"), "c,d\n");
    Files.setLastModifiedTime(
        agent.resolve("projects/new.csv"),
        java.nio.file.attribute.FileTime.from(java.time.Instant.parse("2026-10-22T20:10:30Z")));
    pass(Duration.ofSeconds(15));
    pass(Duration.ofSeconds(15));

    assertThat(runs()).isEqualTo(Map.of("tables", 1L));
    assertThat(query("select started_by from routine_run").getFirst())
        .isEqualTo("event file-added\nprojects/new.csv");
    assertThat(query("select artifact from routine_run"))
        .singleElement()
        .satisfies(path -> assertThat(agent.resolve(path)).content().contains("projects/new.csv"));
  }

  @Test
  void keepsABoundedNumberOfEffects() throws IOException {
    routines(
        """
        often:
          when: {cron: "0 */2 * * *"}
          do: Look around.
        """);
    pass(Duration.ofMinutes(1));

    long most = 0;
    for (int step = 0; step < DAYS * 8; step++) {
      pass(Duration.ofHours(3));
      if (step == DAYS * 8 / 2) {
        most = effects();
      }
    }

    assertThat(query("select distinct heartbeat_id from model_call where purpose = 'routine'"))
        .hasSize(DAYS * 8);
    assertThat(runs())
        .as("runs that stay in the record")
        .isEqualTo(Map.of("often", (long) KEPT_RUNS));
    assertThat(query("select effects::text from pruning").getFirst())
        .as("effects that were removed")
        .satisfies(removed -> assertThat(Long.parseLong(removed)).isGreaterThan(DAYS * 20L));
    assertThat(effects())
        .as("effects at the end, of which there were %d half-way", most)
        .isLessThan(most * 5 / 4);
    assertThat(query("select distinct outcome from routine_run")).containsExactly("done");
  }

  private long effects() {
    return Long.parseLong(query("select count(*)::text from effect").getFirst());
  }

  private void routines(String text) throws IOException {
    Files.writeString(agent.resolve("routines.yml"), text);
  }

  /** Lets time pass and everything happen that falls due at its end. */
  private void pass(Duration duration) {
    int before = waits;
    life.pass(duration);
    awaitWaits(before + 1);
    await("all runs have ended")
        .atMost(LONG_ENOUGH)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> query("select run_id from routine_run where outcome = 'running'").isEmpty());
  }

  /** The scheduler has looked and waits again. */
  private void awaitWaits(int wanted) {
    await("the scheduler waits for the " + wanted + "th time")
        .atMost(LONG_ENOUGH)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> waits() >= wanted);
    life.settle();
  }

  private int waits() {
    List<Record<?>> records =
        (List<Record<?>>) engine.engine().getRecordStreamSource().getRecords();
    for (; seen < records.size(); seen++) {
      Record<?> record = records.get(seen);
      if (record.getIntent() == ProcessInstanceIntent.ELEMENT_ACTIVATED
          && record.getValue() instanceof ProcessInstanceRecordValue value
          && value.getBpmnProcessId().equals("routine-scheduler")
          && value.getElementId().equals("Gateway_WaitForRoutine")) {
        waits++;
      }
    }
    return waits;
  }

  private Map<String, Long> runs() {
    Map<String, Long> counts = new HashMap<>();
    life.database()
        .jdbc()
        .sql("select routine, count(*) from routine_run group by 1")
        .query((row, number) -> Map.entry(row.getString(1), row.getLong(2)))
        .list()
        .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
    return counts;
  }

  /** Days and hours in Berlin at which runs of a routine began. */
  private List<String> times(String routine) {
    return query(
        "select to_char(started_at at time zone 'Europe/Berlin', 'YYYY-MM-DD HH24') from routine_run"
            + " where routine = '"
            + routine
            + "' order by run_id");
  }

  private List<String> query(String sql) {
    return life.database().jdbc().sql(sql).query(String.class).list();
  }
}
