package dev.kodo.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kodo.decision.Decision;
import dev.kodo.decision.DecisionAnswer;
import dev.kodo.decision.Decisions;
import dev.kodo.kernel.engine.TestBroker;
import dev.kodo.process.EngineUnavailable;
import dev.kodo.process.MessageName;
import dev.kodo.process.ProcessEngine;
import dev.kodo.process.scenario.ProjectFiles;
import dev.kodo.testing.BrokerEngine;
import dev.kodo.testing.InMemoryEngine;
import dev.kodo.testing.SettableClock;
import dev.kodo.testing.SimulatedLife;
import dev.kodo.testing.TimedEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same diagrams, decisions, forms and workers on each engine that Kodo claims to run on: an
 * agent that stops because of an error, goes on because a person says so, lives through a theme,
 * stops again and is retired because nobody answers.
 */
class EngineCompatibilityIT {
  private static final boolean SOAK = Boolean.getBoolean("kodo.soak");

  private static final Duration PACE = Duration.ofMinutes(5);
  private static final Duration REVIEW = Duration.ofDays(2);

  @TempDir Path folder;

  enum Engine {
    /** Has no REST interface. */
    IN_MEMORY_8_8_21(true, false) {
      @Override
      TimedEngine start(Path data) {
        return new InMemoryEngine();
      }
    },
    BROKER_8_6_0(true, true) {
      @Override
      TimedEngine start(Path data) {
        return new BrokerEngine(TestBroker.Release.V8_6_0, data, TestBroker.Span.MINUTES);
      }
    },
    /** Has 200 MB to fetch. Its REST interface knows user tasks only. */
    BROKER_8_5_8(false, false) {
      @Override
      TimedEngine start(Path data) {
        return new BrokerEngine(TestBroker.Release.V8_5_8, data, TestBroker.Span.MINUTES);
      }
    };

    private final boolean inTheGate;
    private final boolean correlates;

    Engine(boolean inTheGate, boolean correlates) {
      this.inTheGate = inTheGate;
      this.correlates = correlates;
    }

    abstract TimedEngine start(Path data);
  }

  static Stream<Engine> engines() {
    return Arrays.stream(Engine.values()).filter(engine -> SOAK || engine.inTheGate);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void livesOnEachEngine(Engine version) throws IOException {
    Path workspace = folder.resolve("work");
    SettableClock clock = new SettableClock(Instant.now().toString());
    Path script =
        Files.writeString(
            folder.resolve("script.yml"),
            """
            # An answer and its repair, four times each. They fail for good: a retry would come
            # seconds later, and minutes of the engine's time may have passed by then.
            - purpose: choose-activity
              text: no JSON
              repeat: 8
            - purpose: own-theme
              text: no JSON
              repeat: 8
            """);
    Path agent = workspace.resolve("main");
    Path box = Files.createDirectories(agent.resolve("themebox"));
    Files.writeString(box.resolve("bees.md"), "# Bees\n\nHow a colony decides where to live.\n");
    Map<String, Object> settings =
        Map.of(
            "kodo.theme.settle", "PT0S",
            "kodo.heartbeat.interval", PACE.toString(),
            "kodo.heartbeat.review-due", REVIEW.toString(),
            "kodo.model.script", script.toString());
    try (SimulatedLife life =
        new SimulatedLife(version.start(folder.resolve("engine")), workspace, clock, settings)) {
      assertThat(texts(life, "select regexp_replace(resource, '.*/', '') from deployed_resource"))
          .containsExactlyInAnyOrderElementsOf(
              ProjectFiles.resources().stream()
                  .map(file -> String.valueOf(file.getFileName()))
                  .toList());

      passUntil(life, "select state = 'stopped-for-review' from agent");
      answerYes(version, life);
      passUntil(life, "select count(*) = 1 from theme where state = 'ended'");
      assertThat(texts(life, "select activity from heartbeat where activity is not null"))
          .contains("theme-start", "think", "create", "theme-end");
      assertThat(artifacts(agent)).isNotEmpty();

      passUntil(life, "select state = 'stopped-for-review' from agent");
      life.pass(REVIEW);
      passUntil(life, "select state = 'retired' from agent");
      assertThat(texts(life, "select state from decision order by created_at"))
          .containsExactly("approved", "overdue");
      assertThat(texts(life, "select notice_id from notice where kind = 'review'"))
          .as("the owner is told of each stop")
          .hasSize(2);
      assertThat(texts(life, "select heartbeat_id from heartbeat where state = 'crashed'"))
          .isEmpty();
      System.out.printf(
          "EngineCompatibilityIT: %s, beats %s%n",
          version, texts(life, "select state || ' ' || count(*) from heartbeat group by state"));
    }
  }

  private static void passUntil(SimulatedLife life, String condition) {
    Instant giveUp = Instant.now().plus(Duration.ofMinutes(8));
    life.settle();
    while (!life.database().jdbc().sql(condition).query(Boolean.class).single()) {
      assertThat(Instant.now()).as("still not so: %s", condition).isBefore(giveUp);
      life.pass(PACE);
      life.settle();
    }
  }

  private static void answerYes(Engine version, SimulatedLife life) {
    Decisions decisions = life.part(Decisions.class);
    Decision asked = decisions.open().getFirst();
    if (version.correlates) {
      assertThat(decisions.answer(asked.decisionId(), true, asked.hash(), "test", ""))
          .isInstanceOf(DecisionAnswer.Accepted.class);
      return;
    }
    assertThatThrownBy(() -> decisions.answer(asked.decisionId(), true, asked.hash(), "test", ""))
        .as("an engine that cannot tell whether the answer arrived")
        .isInstanceOf(EngineUnavailable.class);
    assertThat(decisions.open()).as("the question stays").contains(asked);
    life.part(ProcessEngine.class)
        .publish(
            MessageName.DECISION_MADE,
            asked.decisionId(),
            Duration.ZERO,
            Map.of("approved", true, "answeredBy", "test", "via", "test", "comment", ""));
  }

  private static List<Path> artifacts(Path agent) {
    try (Stream<Path> files = Files.walk(agent.resolve("artifacts"))) {
      return files.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> texts(SimulatedLife life, String sql) {
    return life.database().jdbc().sql(sql).query(String.class).list();
  }
}
