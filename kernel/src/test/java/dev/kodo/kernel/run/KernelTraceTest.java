package dev.kodo.kernel.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kodo.kernel.home.Installation;
import dev.kodo.kernel.home.KodoHome;
import dev.kodo.kernel.problem.ExitCode;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class KernelTraceTest {
  @TempDir Path folder;

  @Test
  @Timeout(60)
  void endsTheStartAndSaysWhereAnErrorHappened() throws Exception {
    KodoHome home = new KodoHome(folder, folder.resolve("cache"));
    RandomGenerator broken =
        () -> {
          throw new NoClassDefFoundError("dev/kodo/Gone");
        };
    KernelSetting setting =
        new KernelSetting(
            home, new Installation(folder, folder), Map.of(), Clock.systemUTC(), broken, false);

    ExitCode exit = new Kernel(setting, new Silent()).run();

    assertThat(exit).isEqualTo(ExitCode.FAILED);
    assertThat(home.log("kernel"))
        .content()
        .contains("NoClassDefFoundError: dev/kodo/Gone")
        .contains("at dev.kodo.kernel.run.StartSequence");
  }

  private static final class Silent implements KernelListener {
    @Override
    public void changed(JsonNode state) {}

    @Override
    public void heartbeat(JsonNode heartbeat) {}
  }
}
