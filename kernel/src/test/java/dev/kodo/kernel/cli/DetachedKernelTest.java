package dev.kodo.kernel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kodo.kernel.home.Installation;
import dev.kodo.kernel.home.KodoHome;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DetachedKernelTest {

  @Test
  void handsOnOnlyFoldersThatLeadToTheSamePlaceFromAnywhere() {
    Map<String, String> relative =
        Map.of("KODO_HOME", "home", "KODO_CACHE", "cache", "KODO_WORKERS_JAR", "w.jar");
    Session session =
        new Session(
            KodoHome.from(relative),
            Installation.find(relative),
            relative,
            Clock.systemUTC(),
            InputStream.nullInputStream(),
            System.out,
            System.err,
            false);

    assertThat(new DetachedKernel(session, false).folders())
        .containsOnlyKeys(relative.keySet())
        .allSatisfy((name, path) -> assertThat(Path.of(path)).isAbsolute());
  }
}
