package dev.kodo.kernel.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kodo.kernel.budget.Price;
import dev.kodo.kernel.budget.SteppingClock;
import dev.kodo.kernel.guard.facts.Facts;
import dev.kodo.kernel.guard.facts.FactsFile;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllowanceTest {
  private static final Instant NOW = Instant.parse("2026-11-29T04:00:00Z");

  @TempDir Path folder;

  @Test
  void addsRoomForThoughtUpToTheProvidersMost() throws CallRefused {
    assertThat(bound(300, 1, false, null, fresh())).isEqualTo(300 + 2_048);
    assertThat(bound(3_000, 1, false, null, fresh())).isEqualTo(4_096);
    assertThat(bound(300, 1, true, null, fresh())).as("Kodo-Room: all").isEqualTo(4_096);
    assertThat(bound(300, 1, false, null, thoughtless())).isEqualTo(300);
  }

  @Test
  void lowersToWhatCanBeWrittenBehindTheReading() throws CallRefused {
    Facts slow = thoughtless();
    slow.read(1_000, 20_000);
    assertThat(bound(900, 100, false, null, slow)).as("writing is not measured yet").isEqualTo(900);
    written(slow, 100, 20_000);
    // 2,000 tokens at 50 a second take 40 s of 108 s (120 s less a tenth); 68 s at 5 a second are
    // 340 tokens.
    assertThat(bound(900, 100, false, null, slow)).isEqualTo(340);
    assertThat(bound(200, 100, false, null, slow)).isEqualTo(200);
    assertThat(bound(900, 100, false, NOW.plusSeconds(70), slow)).isEqualTo(115);
    assertThat(bound(900, 100, false, NOW.plusSeconds(700), slow)).isEqualTo(340);
    assertThat(bound(900, 400, false, null, slow)).as("what it must have").isEqualTo(400);
  }

  @Test
  void sendsNothingWhereTheLeastAnswerDoesNotFitAndSaysWhatWouldDo() {
    Facts slow = thoughtless();
    slow.read(1_000, 50_000);
    written(slow, 100, 20_000);
    // 2,000 tokens at 20 a second take 100 s, 120 at 5 a second 24 s more.
    assertThatThrownBy(() -> bound(900, 120, false, null, slow))
        .isInstanceOfSatisfying(
            CallRefused.class, refused -> assertThat(refused.code()).isEqualTo(GuardCode.TOO_SLOW))
        .hasMessageContaining("20.0 a second")
        .hasMessageContaining("5.0 a second")
        .hasMessageContaining("takes 124 s")
        .hasMessageContaining("`timeout: PT3M` would do");
    assertThatThrownBy(() -> bound(900, 120, false, NOW.plusSeconds(60), slow))
        .hasMessageContaining("the activity's deadline leaves no more");
  }

  @Test
  void countsTheThoughtsThatComeBeforeTheLeastAnswer() throws CallRefused {
    Facts thinker = fresh();
    thinker.learn(new Facts.Call(4_000, 10, true, true, 1_000, 0, 400), NOW);
    written(thinker, 100, 20_000);
    assertThat(bound(900, 100, false, null, thinker)).isEqualTo(540);
    assertThat(bound(900, 200, false, null, thinker)).isEqualTo(600);
    assertThatThrownBy(() -> bound(900, 201, false, null, thinker)).isInstanceOf(CallRefused.class);
  }

  @Test
  void sendsACallAllTheSameWhereFewOrOldCallsShowedTheSpeed() throws CallRefused {
    Facts slow = thoughtless();
    slow.read(1_000, 50_000);
    slow.written(100, 20_000, NOW);
    slow.written(100, 20_000, NOW);
    assertThat(bound(900, 120, false, null, slow)).as("two calls").isEqualTo(120);
    slow.written(100, 20_000, NOW.minusSeconds(299));
    assertThatThrownBy(() -> bound(900, 120, false, null, slow)).isInstanceOf(CallRefused.class);
    slow.written(100, 20_000, NOW.minusSeconds(300));
    assertThat(bound(900, 120, false, null, slow)).as("five minutes ago").isEqualTo(120);
  }

  /** As three calls showed. */
  private static void written(Facts facts, int tokens, long millis) {
    for (int i = 0; i < 3; i++) {
      facts.written(tokens, millis, NOW);
    }
  }

  private Facts fresh() {
    return new FactsFile(folder.resolve("none"), new SteppingClock(NOW)).of("a/b");
  }

  private Facts thoughtless() {
    Facts facts = fresh();
    for (int i = 0; i < 3; i++) {
      facts.learn(new Facts.Call(4_000, 10, true, true, 1_000, 0, 0), NOW);
    }
    return facts;
  }

  private static long bound(
      long answer, long least, boolean whole, @Nullable Instant deadline, Facts facts)
      throws CallRefused {
    Provider provider =
        new Provider(
            "local",
            Provider.Kind.OPENAI,
            Optional.of(URI.create("http://127.0.0.1:1/v1")),
            ProviderKey.NONE,
            Optional.of(Price.FREE),
            Duration.ofMinutes(2),
            Provider.LOAD_TIMEOUT,
            4_096,
            List.of(),
            Thinking.AS_IT_IS);
    return new Allowance(answer, least, whole, deadline).bound(provider, facts, 2_000, NOW);
  }
}
