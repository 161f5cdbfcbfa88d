package dev.kodo.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import io.camunda.zeebe.protocol.record.Record;
import io.camunda.zeebe.protocol.record.intent.ProcessInstanceIntent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlaceKeeperTest {
  private final TestEngine engine =
      new TestEngine(new PlaceKeeper(), 1, Map.of("patience", "PT1H"));

  @Test
  void leavesEverythingInTheEnginesLog() throws Exception {
    engine.start().export(records()).pass(Duration.ofMinutes(50));

    assertThat(engine.acknowledged()).isEqualTo(-1);
  }

  @Test
  void letsGoWhenOperateDoesNotComeBack() throws Exception {
    engine.start().export(records()).pass(Duration.ofMinutes(80));

    assertThat(engine.acknowledged()).isEqualTo(records().getLast().getPosition());
  }

  private static List<Record<?>> records() {
    return new Records(1)
        .instance(1, ProcessInstanceIntent.ELEMENT_ACTIVATED)
        .instance(1, ProcessInstanceIntent.ELEMENT_COMPLETED)
        .all();
  }
}
