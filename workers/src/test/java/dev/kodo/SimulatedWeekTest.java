package dev.kodo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kodo.testing.InMemoryEngine;
import dev.kodo.testing.SettableClock;
import dev.kodo.testing.SimulatedLife;
import io.camunda.zeebe.process.test.api.ZeebeTestEngine;
import io.camunda.zeebe.protocol.record.Record;
import io.camunda.zeebe.protocol.record.ValueType;
import io.camunda.zeebe.protocol.record.intent.ProcessInstanceIntent;
import io.camunda.zeebe.protocol.record.value.BpmnElementType;
import io.camunda.zeebe.protocol.record.value.ProcessInstanceRecordValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A week of one agent, or two days in the gate, a beat every half an hour: the real body and
 * diagrams, with time that the test moves.
 */
@Tag("slow")
class SimulatedWeekTest {
  private static final Duration PACE = Duration.ofMinutes(30);
  private static final boolean SOAK = Boolean.getBoolean("kodo.soak");
  private static final int DAYS = SOAK ? 7 : 2;
  private static final int BEATS = DAYS * 48;

  @TempDir Path workspace;

  @Test
  void livesThroughAWeekWithoutBreakingAnInvariant() throws IOException {
    Path agent = workspace.resolve("main");
    SettableClock clock = new SettableClock(Instant.now().toString());
    System.out.println("SimulatedWeekTest: %d days from ".formatted(DAYS) + clock.instant());
    InMemoryEngine engine = new InMemoryEngine();
    try (SimulatedLife life =
        new SimulatedLife(
            engine, workspace, clock, Map.of("kodo.heartbeat.interval", PACE.toString()))) {
      for (int beat = 1; beat <= BEATS; beat++) {
        int number = beat;
        await("beat " + beat)
            .atMost(Duration.ofSeconds(60))
            .pollInterval(Duration.ofMillis(20))
            .until(() -> ended(life) == number);
        if (beat % 48 == 1) {
          dropTheme(agent, beat);
        }
        life.settle();
        life.pass(PACE);
      }

      assertThat(outcomes(life)).as("outcomes").containsOnlyKeys("closed");
      assertThat(mostBeatsAtOnce(engine.engine()))
          .as("beats at one time, by the engine's own records")
          .isEqualTo(1);
      assertThat(
              life.database()
                  .jdbc()
                  .sql("select count(distinct heartbeat_id) from heartbeat")
                  .query(Integer.class)
                  .single())
          .isGreaterThanOrEqualTo(BEATS);
      assertEveryBeatHasItsLog(life, agent);
      assertEveryThemeHasItsEndOrRuns(life);
      System.out.println(
          "SimulatedWeekTest: "
              + BEATS
              + " beats, themes "
              + themes(life)
              + ", activities "
              + activities(life));
    }
  }

  private static int ended(SimulatedLife life) {
    return life.database()
        .jdbc()
        .sql("select count(*) from heartbeat where closing_number is not null")
        .query(Integer.class)
        .single();
  }

  private static void dropTheme(Path agent, int number) throws IOException {
    Path draft = agent.resolve("themebox/draft.theme.md");
    Files.writeString(
        draft,
        number % 96 == 1
            ? "# 潮だまり " + number + "\n\n引き潮のあとに小さな世界が残る。そこに住むものは暑さと雨に耐える。"
            : "# Tidal pools "
                + number
                + "\n\nThe sea leaves small worlds behind. What lives there bears heat and rain.");
    Files.move(draft, agent.resolve("themebox/theme-" + number + ".md"));
  }

  private static void assertEveryBeatHasItsLog(SimulatedLife life, Path agent) throws IOException {
    List<String> logs;
    try (Stream<Path> files = Files.walk(agent.resolve("artifacts"))) {
      logs =
          files
              .filter(file -> file.toString().contains("/histories/"))
              .map(file -> file.getFileName().toString())
              .toList();
    }
    List<String> ids =
        life.database()
            .jdbc()
            .sql("select heartbeat_id from heartbeat where closing_number is not null")
            .query(String.class)
            .list();
    assertThat(logs).containsAll(ids.stream().map(id -> id + ".md").toList());
  }

  private static void assertEveryThemeHasItsEndOrRuns(SimulatedLife life) {
    assertThat(
            life.database()
                .jdbc()
                .sql(
                    "select count(*) from theme where (state = 'ended') <> (theme_end_id is not null)")
                .query(Integer.class)
                .single())
        .isZero();
    int starts = activities(life).getOrDefault("theme-start", 0L).intValue();
    int ends = activities(life).getOrDefault("theme-end", 0L).intValue();
    int pauses = activities(life).getOrDefault("theme-pause", 0L).intValue();
    assertThat(starts - ends - pauses).as("themes that run").isBetween(0, 1);
    assertThat(pauses).as("own themes that made room for a person's").isPositive();
    assertThat(themes(life)).as("a person's themes").containsEntry("themebox", (long) DAYS);
    assertThat(
            life.database()
                .jdbc()
                .sql("select count(*) from theme where state = 'paused' and source <> 'own'")
                .query(Integer.class)
                .single())
        .as("a person's themes that were paused")
        .isZero();
    assertThat(ends).as("themes that ended").isGreaterThan(DAYS);
  }

  private static Map<String, Long> activities(SimulatedLife life) {
    return counted(
        life,
        "select activity, count(*) from heartbeat where closing_number is not null group by 1 order by 1");
  }

  private static Map<String, Long> outcomes(SimulatedLife life) {
    return counted(
        life, "select state, count(*) from heartbeat where closing_number is not null group by 1");
  }

  private static Map<String, Long> themes(SimulatedLife life) {
    return counted(life, "select source, count(*) from theme group by 1 order by 1");
  }

  private static Map<String, Long> counted(SimulatedLife life, String sql) {
    Map<String, Long> counts = new java.util.TreeMap<>();
    life.database()
        .jdbc()
        .sql(sql)
        .query((row, number) -> Map.entry(row.getString(1), row.getLong(2)))
        .list()
        .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
    return counts;
  }

  private static int mostBeatsAtOnce(ZeebeTestEngine engine) {
    int running = 0;
    int most = 0;
    for (Record<?> record : engine.getRecordStreamSource().getRecords()) {
      if (record.getValueType() == ValueType.PROCESS_INSTANCE
          && record.getValue() instanceof ProcessInstanceRecordValue value
          && value.getBpmnProcessId().equals("heartbeat")
          && value.getBpmnElementType() == BpmnElementType.PROCESS) {
        if (record.getIntent() == ProcessInstanceIntent.ELEMENT_ACTIVATED) {
          running++;
        } else if (record.getIntent() == ProcessInstanceIntent.ELEMENT_COMPLETED) {
          running--;
        }
        most = Math.max(most, running);
      }
    }
    return most;
  }
}
