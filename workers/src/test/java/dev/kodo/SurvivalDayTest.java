package dev.kodo;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.kodo.testing.InMemoryEngine;
import dev.kodo.testing.SettableClock;
import dev.kodo.testing.SimulatedLife;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A day on which an agent spends its budget, and the morning after: the real body, diagrams and
 * decision tables, with a guard and an owner's webhook on loopback.
 */
@Tag("slow")
class SurvivalDayTest {
  private static final Duration LOOK = Duration.ofMinutes(5);

  @RegisterExtension
  static final WireMockExtension OUTSIDE =
      WireMockExtension.newInstance().options(options().dynamicPort()).build();

  private final SettableClock clock = new SettableClock(Instant.now().toString());

  @TempDir Path workspace;

  @Test
  void goesFromNormalToDeadAndLivesAgainInTheMorning() {
    Instant evening = clock.instant().plus(Duration.ofHours(8));
    System.out.println("SurvivalDayTest: the day starts at " + clock.instant());
    OUTSIDE.stubFor(post("/owner").willReturn(ok()));
    spend("0.10", "2026-11-21", evening);
    try (SimulatedLife life =
        new SimulatedLife(new InMemoryEngine(), workspace, clock, settings())) {
      passUntil(life, "the first beat has closed", () -> beats(life) > 0);
      assertThat(tier(life)).isEqualTo("normal");

      spend("0.70", "2026-11-21", evening);
      passUntil(life, "it saves", () -> tier(life).equals("low-compute"));
      passUntil(life, "the owner heard of half the budget", () -> heard().contains("alert"));

      spend("0.90", "2026-11-21", evening);
      passUntil(life, "it is critical and calls", () -> heard().contains("sos"));
      assertThat(tier(life)).isEqualTo("critical");

      OUTSIDE.stubFor(get("/budget").willReturn(serverError()));
      passUntil(life, "the guard is missed", () -> isUnmeasured(life));
      assertThat(tier(life)).isEqualTo("critical");

      spend("0.97", "2026-11-21", evening);
      passUntil(life, "it is dead and asks", () -> questions(life).equals(List.of("open")));
      int beats = beats(life);
      life.pass(Duration.ofHours(4));
      life.settle();
      assertThat(beats(life)).as("beats of a dead agent").isEqualTo(beats);

      spend("0", "2026-11-22", evening.plus(Duration.ofDays(1)));
      passUntil(life, "silence was a no", () -> questions(life).equals(List.of("overdue")));
      passUntil(life, "it beats in the morning", () -> beats(life) > beats);
      assertThat(tier(life)).isEqualTo("normal");

      assertThat(noticeIds()).as("each notice came once").doesNotHaveDuplicates();
      assertThat(heard()).filteredOn("sos"::equals).hasSize(1);
      assertThat(history(life)).containsExactly("low-compute", "critical", "dead", "normal");
      assertThat(outcomes(life)).doesNotContain("crashed", "failed");
    }
  }

  private static Map<String, Object> settings() {
    return Map.of(
        "kodo.guard.address", OUTSIDE.baseUrl(),
        "kodo.guard.token", "secret",
        "kodo.channel.webhook.url", OUTSIDE.url("/owner"));
  }

  private static void spend(String share, String day, Instant dayEndsAt) {
    OUTSIDE.stubFor(
        get("/budget")
            .willReturn(
                okJson(
                    """
                    {"day":"%s","dayEndsAt":"%s","caps":{"per-day":"1","per-hour":"1"},"spent":{"day":"%s","hour":"0"},
                     "callAtWorst":"0","agents":[]}
                    """
                        .formatted(day, dayEndsAt, share))));
  }

  /** Lets time pass in steps of one look of the monitor. */
  private static void passUntil(SimulatedLife life, String what, BooleanSupplier reached) {
    await(what)
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              life.settle();
              if (reached.getAsBoolean()) {
                return true;
              }
              life.pass(LOOK);
              return false;
            });
  }

  private static int beats(SimulatedLife life) {
    return life.database()
        .jdbc()
        .sql("select count(*) from heartbeat where closing_number is not null")
        .query(Integer.class)
        .single();
  }

  private static String tier(SimulatedLife life) {
    return texts(life, "select tier from survival").getFirst();
  }

  private static boolean isUnmeasured(SimulatedLife life) {
    return !texts(life, "select tier from survival where unmeasured_since is not null").isEmpty();
  }

  private static List<String> questions(SimulatedLife life) {
    return texts(life, "select state from decision where kind = 'spend-more-today'");
  }

  private static List<String> history(SimulatedLife life) {
    return texts(life, "select tier from survival_change order by tier_number");
  }

  private static List<String> outcomes(SimulatedLife life) {
    return texts(life, "select distinct state from heartbeat");
  }

  private static List<String> texts(SimulatedLife life, String sql) {
    return life.database().jdbc().sql(sql).query(String.class).list();
  }

  private static List<String> heard() {
    return owner("kind");
  }

  private static List<String> noticeIds() {
    return owner("id");
  }

  private static List<String> owner(String field) {
    return OUTSIDE.findAll(postRequestedFor(urlEqualTo("/owner"))).stream()
        .map(request -> json(request.getBodyAsString()).path(field).asText())
        .toList();
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (IOException malformed) {
      throw new UncheckedIOException(malformed);
    }
  }
}
