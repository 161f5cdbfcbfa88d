package dev.kodo.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import io.camunda.zeebe.protocol.record.Record;
import io.camunda.zeebe.protocol.record.intent.ProcessInstanceIntent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaceKeeperTest {
  @TempDir Path folder;

  @Test
  void leavesEverythingInTheEnginesLog() throws Exception {
    TestEngine engine = engine(0).start().export(records()).pass(Duration.ofMinutes(50));

    assertThat(engine.acknowledged()).isEqualTo(-1);
    assertThat(mark()).doesNotExist();
  }

  @Test
  void letsGoAndSaysSoWhenOperateDoesNotComeBack() throws Exception {
    TestEngine engine = engine(0).start().export(records()).pass(Duration.ofMinutes(80));

    assertThat(engine.acknowledged()).isEqualTo(records().getLast().getPosition());
    assertThat(mark()).exists();
  }

  @Test
  void letsGoAtOnceWhereTheDiskHasNoRoomForIt() throws Exception {
    TestEngine engine = engine(Long.MAX_VALUE).start();
    engine.pass(Duration.ofMinutes(2));
    assertThat(mark()).as("nothing was kept yet").doesNotExist();

    engine.export(records()).pass(Duration.ofMinutes(2));

    assertThat(engine.acknowledged()).isEqualTo(records().getLast().getPosition());
    assertThat(mark()).exists();
  }

  /** Otherwise Operate would go on with a hole in its story. */
  @Test
  void letsNothingGoThatItCannotSay() throws Exception {
    TestEngine engine = engine(0).start().export(records());
    Files.delete(folder.resolve("search"));
    Files.writeString(folder.resolve("search"), "no folder");

    engine.pass(Duration.ofMinutes(80));
    assertThat(engine.acknowledged()).isEqualTo(-1);

    Files.delete(folder.resolve("search"));
    Files.createDirectory(folder.resolve("search"));
    engine.pass(Duration.ofMinutes(2));
    assertThat(engine.acknowledged()).isEqualTo(records().getLast().getPosition());
  }

  @Test
  void keepsNothingWhereNothingWaitsForIt() throws Exception {
    TestEngine engine = engine(0).start().export(records());
    Files.delete(folder.resolve("search"));

    engine.pass(Duration.ofMinutes(2));

    assertThat(engine.acknowledged()).isEqualTo(records().getLast().getPosition());
  }

  private TestEngine engine(long room) throws IOException {
    Files.createDirectories(folder.resolve("search"));
    return new TestEngine(
        new PlaceKeeper(), 1, Map.of("patience", "PT1H", "room", room, "mark", mark().toString()));
  }

  private Path mark() {
    return folder.resolve("search/missed");
  }

  private static List<Record<?>> records() {
    return new Records(1)
        .instance(1, ProcessInstanceIntent.ELEMENT_ACTIVATED)
        .instance(1, ProcessInstanceIntent.ELEMENT_COMPLETED)
        .all();
  }
}
