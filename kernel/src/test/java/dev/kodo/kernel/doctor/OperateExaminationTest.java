package dev.kodo.kernel.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kodo.kernel.config.Config;
import dev.kodo.kernel.home.KodoHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperateExaminationTest {
  private static final long GB = 1L << 30;

  @TempDir Path folder;

  @Test
  void saysBeforeTheStartWhatItNeedsAndWhatIsFree() {
    Finding finding = finding(OptionalLong.of(8 * GB));

    assertThat(finding.grade()).isEqualTo(Finding.Grade.OK);
    assertThat(finding.text())
        .contains("needs up to 2.6 GB of memory, 940.0 MB of it more than `kodo up`")
        .contains("fetches 50 MB")
        .contains("8.0 GB are free");
  }

  @Test
  void saysWhatToLowerWhereTheMemoryIsShort() {
    Finding finding = finding(OptionalLong.of(GB));

    assertThat(finding.grade()).isEqualTo(Finding.Grade.NOTE);
    assertThat(finding.next()).contains("operate.search-memory");
  }

  @Test
  void countsTheHeapsThatAreConfigured() throws IOException {
    Files.writeString(
        folder.resolve("kodo.yml"),
        "workers.memory: 2432m\noperate.search-memory: 1408m\noperate.engine-memory: 1792m\n");

    assertThat(finding(OptionalLong.of(8 * GB)).text())
        .contains("needs up to 6.6 GB of memory, 2.9 GB of it more than `kodo up`");
  }

  @Test
  void sendsTheOwnerOfAnExternalEngineToItsOwnOperate() throws IOException {
    Files.writeString(folder.resolve("kodo.yml"), "engine.mode: external\n");

    assertThat(finding(OptionalLong.empty()).text()).contains("its own Operate");
  }

  private Finding finding(OptionalLong free) {
    KodoHome home = new KodoHome(folder, folder.resolve("cache"));
    return new OperateExamination(Config.load(home), home, false).memory(free);
  }
}
