package dev.kodo.kernel.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecentCallsTest {
  private final RecentCalls calls = new RecentCalls();

  @Test
  void knowsNothingBeforeTheFirstCall() {
    assertThat(calls.usual()).isEmpty();
  }

  @Test
  void takesWhatNineOfTenDidNotExceed() {
    calls.add(new Usd(5));
    assertThat(calls.usual()).contains(new Usd(5));

    IntStream.of(9, 2, 8, 1, 7, 3, 6, 4, 1000).forEach(amount -> calls.add(new Usd(amount)));
    assertThat(calls.usual()).as("one dear call in ten").contains(new Usd(9));

    calls.add(new Usd(2000));
    assertThat(calls.usual()).as("two dear calls in eleven").contains(new Usd(1000));
  }

  @Test
  void forgetsAllButTheLastHundred() {
    IntStream.range(0, 100).forEach(call -> calls.add(new Usd(1000)));
    IntStream.range(0, 89).forEach(call -> calls.add(new Usd(1)));
    assertThat(calls.usual()).contains(new Usd(1000));

    calls.add(new Usd(1));
    assertThat(calls.usual()).contains(new Usd(1));
  }
}
