package dev.kodo.kernel.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProcessIdentityTest {
  @Test
  void knowsItself() {
    assertThat(ProcessIdentity.self().isAlive()).isTrue();
    assertThat(ProcessIdentity.self().handle()).contains(ProcessHandle.current());
  }

  @Test
  void doesNotMatchAnotherProcessUnderTheSamePid() {
    ProcessIdentity self = ProcessIdentity.self();

    assertThat(new ProcessIdentity(self.pid(), self.start() + 1, self.boot()).isAlive()).isFalse();
    assertThat(new ProcessIdentity(self.pid(), self.start(), "other boot").isAlive()).isFalse();
    assertThat(new ProcessIdentity(self.pid(), self.start() + 1, self.boot()).handle()).isEmpty();
  }

  @Test
  void readsAProgramNameWithBlanksAndBrackets() {
    ProcStat stat =
        ProcStat.parse(
            "42 (a) b (c)) S 1 42 7 0 -1 4194560 1 0 0 0 1 1 0 0 20 0 1 0 987654 1000 10");

    assertThat(stat).isEqualTo(new ProcStat(42, 'S', 7, 1, 987654));
  }

  @Test
  void holdsAKilledProgramForAliveUntilItsLastThreadIsGone() {
    String line = "42 (java) Z 1 42 7 0 -1 4194560 1 0 0 0 1 1 0 0 20 0 %d 0 987654 1000 10";

    assertThat(ProcStat.parse(line.formatted(31)).identity()).isPresent();
    assertThat(ProcStat.parse(line.formatted(1)).identity()).isEmpty();
  }

  @Test
  void refusesALineThatIsNone() {
    assertThatThrownBy(() -> ProcStat.parse("")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ProcStat.parse("1 (sh) S 1")).hasMessageContaining("22 fields");
  }

  @Test
  void doublesTheDelayUpToTheCeiling() {
    Backoff backoff = Backoff.DEFAULT;

    assertThat(backoff.delay(1)).isEqualTo(Duration.ofSeconds(1));
    assertThat(backoff.delay(2)).isEqualTo(Duration.ofSeconds(2));
    assertThat(backoff.delay(4)).isEqualTo(Duration.ofSeconds(8));
    assertThat(backoff.delay(7)).isEqualTo(Duration.ofSeconds(60));
    assertThat(backoff.delay(1_000_000)).isEqualTo(Duration.ofSeconds(60));
  }
}
