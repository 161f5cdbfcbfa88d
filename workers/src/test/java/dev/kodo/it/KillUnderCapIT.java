package dev.kodo.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills kernel and workers at random points while they spend, until the day's budget is gone. What
 * the provider was asked for may never pass the cap, and what the kernel forgot in dying counts.
 */
class KillUnderCapIT {
  private static final boolean SOAK = Boolean.getBoolean("kodo.soak");
  private static final BigDecimal PRICE = new BigDecimal("0.5");
  private static final BigDecimal CAP = new BigDecimal(SOAK ? "50" : "5");

  /** The share of the day's budget from which an agent does nothing more, as survival-tier says. */
  private static final BigDecimal DEAD = new BigDecimal("0.95");

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int LONGEST_WAIT_MILLIS = 1500;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path home;

  @Test
  void neverPassesTheCapHoweverOftenKernelAndWorkersAreKilled() throws Exception {
    long seed = Long.getLong("kodo.seed", System.nanoTime());
    System.out.println("KillUnderCapIT: seed " + seed + " (repeat with -Dkodo.seed=" + seed + ")");
    Random random = new Random(seed);
    try (ModelStub model = new ModelStub();
        Installation kodo = installation(model)) {
      model.thinkFor(Duration.ofMillis(300));
      kodo.up();
      Story story = new Story(kodo);
      int kills = 0;
      for (int round = 0; !isSpent(kodo); round++) {
        int before = model.calls();
        await("it spends, or has spent all")
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(50))
            .ignoreExceptions()
            .until(
                () -> {
                  story.answerReviews();
                  return model.calls() > before || isSpent(kodo);
                });
        pause(random.nextInt(LONGEST_WAIT_MILLIS));
        List<String> victims = victims(round);
        victims.forEach(part -> kodo.part(part).destroyForcibly());
        kills += victims.size();
        if (victims.contains("kernel")) {
          kodo.up();
        }
        check(kodo, model);
      }

      int spent = model.calls();
      kodo.part("kernel").destroyForcibly();
      kodo.up();
      await("the agent is dead for today")
          .atMost(PATIENCE)
          .ignoreExceptions()
          .until(() -> story.agent().at("/survival/tier").asText().equals("dead"));
      assertThat(model.calls()).as("calls after another start").isEqualTo(spent);
      check(kodo, model);
      assertThat(model.callsByKey().values())
          .as("calls per model step")
          .extracting(AtomicInteger::get)
          .containsOnly(1);
      System.out.printf(
          "KillUnderCapIT: %d kills, %d calls at %s, counted %s of %s, seed %d%n",
          kills + 1, model.calls(), PRICE, counted(kodo), CAP, seed);
    }
  }

  private Installation installation(ModelStub model) throws IOException {
    Path folder = home.resolve("kodo");
    Installation kodo =
        new Installation(
            folder,
            Map.of(
                "heartbeat.interval", "PT1S",
                "worker.job-timeout", "PT4S",
                // The day may not turn meanwhile: with a new day comes a new budget.
                "budget.time-zone", OwnerZone.whereItIs(6).getId(),
                "model.provider", "openai",
                "model.base-url", model.baseUrl(),
                "model.name", "stub-model"));
    Files.writeString(
        folder.resolve("budget.yml"),
        "per-day: %1$s\nper-hour: %1$s\nper-heartbeat: %1$s\nper-call: %2$s\n"
            .formatted(CAP, PRICE));
    Files.writeString(
        folder.resolve("prices.yml"),
        "as-of: 2026-11-01\nmodels:\n  local/stub-model: {per-call: %s}\n".formatted(PRICE));
    return kodo;
  }

  /** Workers, kernel, both at once, and again. */
  private static List<String> victims(int round) {
    return switch (round % 3) {
      case 0 -> List.of("workers");
      case 1 -> List.of("kernel");
      default -> List.of("kernel", "workers");
    };
  }

  private static void check(Installation kodo, ModelStub model) throws IOException {
    BigDecimal billed = PRICE.multiply(BigDecimal.valueOf(model.calls()));
    assertThat(billed).as("billed by the provider").isLessThanOrEqualTo(CAP);
    assertThat(counted(kodo))
        .as("counted by the guard")
        .isGreaterThanOrEqualTo(billed)
        .isLessThanOrEqualTo(CAP);
  }

  private static boolean isSpent(Installation kodo) throws IOException {
    return counted(kodo).compareTo(CAP.multiply(DEAD)) >= 0;
  }

  /** What the guard counts for today, open reservations included. */
  private static BigDecimal counted(Installation kodo) throws IOException {
    Installation.Ran ran = kodo.kodo("budget", "--json");
    assertThat(ran.exitCode()).as(ran.output()).isZero();
    JsonNode budget = JSON.readTree(ran.output());
    return new BigDecimal(budget.at("/spent/day").asText());
  }

  private static void pause(int millis) throws InterruptedException {
    // The kill has to fall at a random moment; nothing is waited for here.
    new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
  }
}
