package dev.kodo.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills parts of a beating Kodo at random points; no effect may be lost or doubled. */
class CrashIT {
  private static final boolean SOAK = Boolean.getBoolean("kodo.soak");
  private static final int WORKER_KILLS = SOAK ? 50 : 8;
  private static final int ENGINE_KILLS = SOAK ? 4 : 1;
  private static final int DATABASE_KILLS = SOAK ? 4 : 1;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir Path home;

  @Test
  void losesAndDoublesNothingHoweverOftenPartsAreKilled() throws Exception {
    long seed = Long.getLong("kodo.seed", System.nanoTime());
    System.out.println("CrashIT: seed " + seed + " (repeat with -Dkodo.seed=" + seed + ")");
    Random random = new Random(seed);
    try (ModelStub model = new ModelStub();
        Installation kodo =
            new Installation(
                home.resolve("kodo"),
                Map.of(
                    "heartbeat.interval", "PT1S",
                    "worker.job-timeout", "PT4S",
                    "model.provider", "openai",
                    "model.base-url", model.baseUrl(),
                    "model.name", "stub-model"))) {
      model.thinkFor(Duration.ofMillis(300));
      kodo.up();
      Story story = new Story(kodo);
      int kills = 0;
      for (int round = 0; round < WORKER_KILLS; round++) {
        awaitBeats(story, 1);
        pause(random.nextInt(3000));
        kodo.kill("workers");
        kills++;
        if (round % (WORKER_KILLS / ENGINE_KILLS) == 3) {
          kodo.kill("engine");
          kills++;
        }
        if (round % (WORKER_KILLS / DATABASE_KILLS) == 5) {
          kodo.kill("postgres");
          kills++;
        }
      }
      awaitBeats(story, 3);

      assertThat(model.callsByKey().values())
          .as("calls per model step")
          .extracting(AtomicInteger::get)
          .containsOnly(1);
      story.assertNothingLostOrDoubled();
      story.assertThemesAreWhole();
      System.out.printf(
          "CrashIT: %d kills, %d beats, %d model calls, seed %d%n",
          kills, story.beats().size(), model.calls(), seed);
    }
  }

  /** Waits until the body answers again and has closed some more beats. */
  private static void awaitBeats(Story story, int more) {
    await("the body is back")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .ignoreExceptions()
        .until(() -> story.agent().hasNonNull("agentId"));
    int before = story.beats().size();
    await("it beats again")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .ignoreExceptions()
        .until(
            () -> {
              story.answerReviews();
              return story.beats().size() >= before + more;
            });
  }

  private static void pause(int millis) throws InterruptedException {
    // The kill has to fall at a random moment; nothing is waited for here.
    new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
  }
}
