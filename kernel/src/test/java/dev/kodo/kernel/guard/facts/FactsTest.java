package dev.kodo.kernel.guard.facts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kodo.kernel.budget.SteppingClock;
import dev.kodo.kernel.home.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FactsTest {
  private static final Instant NOW = Instant.parse("2026-11-29T04:00:00Z");
  private static final Served LLAMA =
      new Served(Served.LLAMA_CPP, "b1 /m", 8_192, null, Known.NO, Known.UNKNOWN);

  @TempDir Path folder;
  private final Facts facts = new Facts(NOW);

  @Test
  void givesTwiceTheMostThoughtOfTheLastTwentyCalls() {
    assertThat(facts.room()).as("before the first answer").isEqualTo(2_048);
    thought(300);
    assertThat(facts.room()).isEqualTo(600);
    for (int i = 0; i < 19; i++) {
      thought(10);
    }
    assertThat(facts.room()).as("the first is the twentieth last").isEqualTo(600);
    thought(10);
    assertThat(facts.room()).isEqualTo(20);
    assertThat(facts.thinks()).isEqualTo(Known.YES);
  }

  @Test
  void givesNoRoomToAModelWhoseFirstAnswerHeldNoThoughtUntilOneDoes() {
    assertThat(facts.room()).isEqualTo(2_048);
    assertThat(facts.thinks()).isEqualTo(Known.UNKNOWN);
    thought(0);
    assertThat(facts.room()).isZero();
    assertThat(facts.thinks()).isEqualTo(Known.NO);
    thought(300);
    assertThat(facts.room()).isEqualTo(600);
  }

  @Test
  void staysAboveZeroWhateverThoughtIsReported() {
    thought(Integer.MAX_VALUE);
    assertThat(facts.room()).isPositive();
  }

  @Test
  void takesAnAnswerThatLeavesItsNameOutForNoOther() {
    assertThat(facts.isAnother("m", "f")).isFalse();
    assertThat(facts.isAnother("m", null)).isFalse();
    assertThat(facts.isAnother(null, "f")).isFalse();
    assertThat(facts.isAnother("m", "g")).isTrue();
    assertThat(facts.isAnother("n", "g")).isTrue();
  }

  @Test
  void believesInNoCacheAfterTenCallsWithoutACachedToken() {
    for (int i = 0; i < 9; i++) {
      counted(4_000, 1_000, 0);
    }
    assertThat(facts.cache()).isEqualTo(Known.UNKNOWN);
    counted(4_000, 1_000, null);
    assertThat(facts.cache()).isEqualTo(Known.NO);
    counted(4_000, 1_000, 900);
    assertThat(facts.cache()).isEqualTo(Known.YES);
  }

  @Test
  void keepsTheWorstRatioOfBytesToTokens() {
    assertThat(facts.tokens(4_000)).as("before any call").isEqualTo(2_000);
    counted(4_000, 1_000, 0);
    assertThat(facts.tokens(4_000)).isEqualTo(1_000);
    counted(3_000, 1_000, 0);
    counted(5_000, 1_000, 0);
    assertThat(facts.bytesPerToken()).contains(3.0);
  }

  @Test
  void seesThatAServerCutThePrompt() {
    counted(40_000, 4_096, 0);
    assertThat(facts.cutPrompt()).contains(new Facts.CutPrompt(20_000, 4_096, NOW));
    assertThat(facts.context()).contains(4_096);
    assertThat(facts.bytesPerToken()).as("it says nothing of the ratio").isEmpty();
    counted(4_000, 1_000, 0);
    assertThat(facts.cutPrompt()).as("a short one proves nothing").isPresent();
    counted(80_000, 21_000, 0);
    assertThat(facts.cutPrompt()).isEmpty();
  }

  @Test
  void takesACountThatIsNoContextForAWrongCount() {
    counted(40_000, 100, 0);
    assertThat(facts.cutPrompt()).isPresent();
    assertThat(facts.context()).as("else nothing would ever be sent again").isEmpty();
  }

  @Test
  void takesTheSlotsContextUntilAnErrorSaysLess() {
    facts.tell(LLAMA);
    assertThat(facts.context()).contains(8_192);
    facts.exceeded(4_096);
    assertThat(facts.context()).contains(4_096);
    facts.tell(LLAMA);
    assertThat(facts.context()).as("as loaded now").contains(8_192);
  }

  @Test
  void mixesSpeedsAndPassesOverShortCalls() {
    facts.read(10, 1_000);
    facts.written(3, 1_000, Instant.EPOCH);
    assertThat(facts.readPerSecond()).isEmpty();
    assertThat(facts.writePerSecond()).isEmpty();
    facts.read(1_000, 10_000);
    facts.read(2_000, 10_000);
    facts.written(100, 2_000, Instant.EPOCH);
    assertThat(facts.readPerSecond()).hasValueSatisfying(s -> assertThat(s).isBetween(120., 140.));
    assertThat(facts.writePerSecond()).contains(50.0);
  }

  @Test
  void outlivesARestartUntilTheFingerprintChangesOrAMonthIsOver() throws IOException {
    SteppingClock clock = new SteppingClock(NOW);
    Path path = folder.resolve("data/facts.json");
    FactsFile file = new FactsFile(path, clock);
    file.tell("local/m", LLAMA);
    file.of("local/m").learn(new Facts.Call(4_000, 10, true, true, 1_000, 5, 70), NOW);
    file.of("local/m").read(1_000, 10_000);
    file.of("local/m").schema(Schema.ENFORCED, "off");
    file.save();

    Facts kept = new FactsFile(path, clock).of("local/m");
    assertThat(Json.line(kept.json())).isEqualTo(Json.line(file.of("local/m").json()));
    assertThat(kept.room()).isEqualTo(140);
    assertThat(kept.served()).isEqualTo(LLAMA);

    file.tell("local/m", LLAMA);
    assertThat(file.of("local/m").schema()).isEqualTo(Schema.ENFORCED);
    file.tell("local/m", new Served(Served.LLAMA_CPP, "b2 /m", 1, null, Known.NO, Known.UNKNOWN));
    assertThat(file.of("local/m").schema()).isEqualTo(Schema.UNKNOWN);

    clock.step(Duration.ofDays(31));
    assertThat(new FactsFile(path, clock).of("local/m").room()).isEqualTo(2_048);
  }

  @Test
  void beginsAnewWithAFileThatCannotBeRead() throws IOException {
    Path path = folder.resolve("facts.json");
    for (String broken : new String[] {"{\"models\": {\"a/b\": {\"since\": 7}}}", "{", "\0"}) {
      Files.writeString(path, broken);
      assertThat(new FactsFile(path, new SteppingClock(NOW)).of("a/b").room()).isEqualTo(2_048);
    }
  }

  private void thought(int tokens) {
    facts.learn(new Facts.Call(4_000, 10, true, true, 1_000, 0, tokens), NOW);
  }

  private void counted(long bytes, int input, @Nullable Integer cached) {
    facts.learn(new Facts.Call(bytes, 10, true, true, input, cached, 0), NOW);
  }
}
