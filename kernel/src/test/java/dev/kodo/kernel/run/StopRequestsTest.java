package dev.kodo.kernel.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StopRequestsTest {
  private final List<String> done = new ArrayList<>();
  private final StopRequests requests =
      new StopRequests(() -> done.add("stop"), () -> done.add("kill"));

  @Test
  void killsAtASecondCtrlC() {
    requests.received("INT");
    requests.received("INT");

    assertThat(done).containsExactly("stop", "kill");
  }

  @Test
  void stopsOnceForAnyNumberOfOtherSignals() {
    requests.received("INT");
    requests.received("TERM");
    requests.received("HUP");
    requests.received("TERM");

    assertThat(done).containsExactly("stop");
  }

  @Test
  void takesTheFirstCtrlCAfterATermForNoSecondOne() {
    requests.received("TERM");
    requests.received("INT");

    assertThat(done).containsExactly("stop");
  }
}
