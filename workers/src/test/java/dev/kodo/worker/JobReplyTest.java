package dev.kodo.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class JobReplyTest {
  @Test
  void doublesTheBackOffWithEachRetryUsedUp() {
    assertThat(backOff(4)).isEqualTo(Duration.ofSeconds(1));
    assertThat(backOff(3)).isEqualTo(Duration.ofSeconds(2));
    assertThat(backOff(1)).isEqualTo(Duration.ofSeconds(8));
    assertThat(backOff(-100)).as("there is a ceiling").isEqualTo(Duration.ofSeconds(64));
  }

  @Test
  void backsOffLongerWhereTheFailureAsksForIt() {
    assertThat(JobReply.backOff(4, Duration.ofSeconds(7))).isEqualTo(Duration.ofSeconds(7));
    assertThat(JobReply.backOff(1, Duration.ofSeconds(7))).isEqualTo(Duration.ofSeconds(8));
  }

  private static Duration backOff(int retriesLeft) {
    return JobReply.backOff(retriesLeft, Duration.ZERO);
  }

  @Test
  void shortensALongMessageForTheEngine() {
    assertThat(JobReply.shorten("x".repeat(1000))).hasSize(300).endsWith("…");
  }
}
