package dev.kodo.kernel.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kodo.kernel.home.AtomicFile;
import dev.kodo.kernel.home.KodoHome;
import dev.kodo.kernel.part.PartRecords;
import dev.kodo.kernel.part.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Panic on a machine that is in trouble itself. */
class PanicTest {
  @TempDir Path folder;

  private KodoHome home;
  private KernelProcess kernel;
  private Process workers;
  private Process keeper;

  @BeforeEach
  void pretend() throws IOException {
    home = new KodoHome(folder.resolve("home"), folder.resolve("cache"));
    kernel = new KernelProcess(home.root(), home.cache());
    workers = new ProcessBuilder("sleep", "300").start();
    keeper = new ProcessBuilder("sleep", "300").start();
    new PartRecords(home.run()).started("workers", "f", identity(workers));
    ProcessIdentity self = identity(keeper);
    AtomicFile.write(
        home.kernelRecord(),
        "{\"pid\":%d,\"start\":%d,\"boot\":\"%s\"}"
            .formatted(self.pid(), self.start(), self.boot()));
  }

  @AfterEach
  void leaveNothing() {
    workers.destroyForcibly();
    keeper.destroyForcibly();
  }

  @Test
  void killsAndHoldsTheWorkersOnAFullDisk() throws Exception {
    KernelProcess.Result panic = kernel.kodoWithoutRoom("panic");

    assertThat(panic.exit()).as(panic.text()).isZero();
    assertThat(workers.isAlive()).isFalse();
    assertThat(home.panicFlag()).exists();
    assertThat(keeper.isAlive()).as("the flag holds the workers; the kernel may stay").isTrue();
  }

  @Test
  void killsTheKernelAsWellWhenItCannotBeToldToHoldTheWorkers() throws Exception {
    Files.createSymbolicLink(home.panicFlag(), folder.resolve("missing/flag"));

    KernelProcess.Result panic = kernel.kodoWithoutRoom("panic");

    assertThat(panic.exit()).isEqualTo(1);
    assertThat(panic.text()).contains("could not be written").contains("killed instead");
    assertThat(workers.isAlive()).isFalse();
    assertThat(keeper.isAlive()).as("it would start the workers again").isFalse();
  }

  private static ProcessIdentity identity(Process process) {
    return ProcessIdentity.of(process.pid()).orElseThrow();
  }
}
