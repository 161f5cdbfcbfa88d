package dev.kodo.kernel.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kodo.kernel.home.Json;
import dev.kodo.kernel.home.KodoHome;
import dev.kodo.kernel.part.PartRecord;
import dev.kodo.kernel.part.PartRecords;
import dev.kodo.kernel.part.ProcessIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole kernel as processes: start, crash, adoption, panic and stop. */
@Tag("slow")
class KernelTest {
  @TempDir static Path cache;
  @TempDir Path folder;

  private KodoHome home;
  private KernelProcess kernel;

  @BeforeEach
  void install() throws IOException {
    home = new KodoHome(folder.resolve("home"), cache);
    kernel = new KernelProcess(home.root(), cache);
  }

  @AfterEach
  void leaveNothing() throws Exception {
    kernel.kodo("down");
    assertThat(new Orphans(home).alive()).isEmpty();
  }

  @Test
  void startsInTheBackgroundAndStopsWithoutATrace() throws Exception {
    KernelProcess.Result up = kernel.kodo("up", "-d");
    assertThat(up.exit()).as(up.text()).isZero();
    assertThat(up.text()).contains("✓ PostgreSQL", "✓ Workers", "rehearsal", "Try next");
    List<ProcessIdentity> processes = List.of(process("postgres"), process("workers"));

    KernelProcess.Result again = kernel.kodo("up", "-d");
    assertThat(again.exit()).isEqualTo(5);
    assertThat(again.text()).contains("already running").contains("pid");

    KernelProcess.Result status = kernel.kodo("status");
    assertThat(status.exit()).isZero();
    assertThat(status.text()).contains("healthy", "The life of bees", "kodo approve d-17");
    assertThat(status.text()).contains("Budget: $0.00 of $5.00 today");
    assertThat(kernel.kodo("budget", "set", "7/day").text())
        .contains("In force now: ", "$7.00 per day");
    assertThat(kernel.kodo("budget").text()).contains("$0.00 of $7.00", "no calls in this time");
    assertThat(home.modelsForWorkers()).content().contains("rehearsal");
    assertThat(status.text())
        .contains("1 cut short", "survival: critical, models of the class minimal")
        .contains("(log delivered, mail failed: no such host)")
        .contains("Model far/m (class best) is left alone, breaker open: HTTP 500");
    assertThat(kernel.kodo("approve", "d-1").exit()).as("not the beginning of an id").isEqualTo(2);
    assertThat(kernel.kodo("approve", "D-17").text()).contains("four times", "approved");
    assertThat(kernel.kodo("beat").exit()).isEqualTo(5);
    assertThat(kernel.kodo("deploy").exit()).isEqualTo(1);
    await("the closed heartbeat is told once")
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(home.log("kernel")).content().contains("蜂の一生"));

    KernelProcess.Result verified = kernel.kodo("audit", "verify");
    assertThat(verified.exit()).as(verified.text()).isZero();
    assertThat(verified.text()).contains("The audit log is intact");
    assertThat(kernel.kodo("audit", "show", "--kind", "start").text()).contains("kernel: started");

    assertThat(kernel.kodo("down").exit()).isZero();
    assertThat(processes).noneMatch(ProcessIdentity::isAlive);
    assertThat(KernelLock.holder(home)).isEmpty();
    KernelProcess.Result silent = kernel.kodo("audit", "verify");
    assertThat(silent.exit()).isEqualTo(4);
    assertThat(silent.text()).contains("Start Kodo with `kodo up`");
    assertThat(home.audit().resolve("checkpoints.jsonl"))
        .as("sealed before the database stopped")
        .content()
        .endsWith("\n");
  }

  @Test
  void adoptsTheRunningPartsAfterItsOwnCrash() throws Exception {
    assertThat(kernel.kodo("up", "-d").exit()).isZero();
    ProcessIdentity postgres = process("postgres");
    ProcessIdentity workers = process("workers");
    KernelLock.holder(home).flatMap(ProcessIdentity::handle).orElseThrow().destroyForcibly();
    await("the kernel is gone").until(() -> KernelLock.holder(home).isEmpty());

    assertThat(kernel.kodo("status").text()).contains("The kernel is gone", "postgres");
    Process engine = new ProcessBuilder("sleep", "300").start();
    new PartRecords(home.run())
        .started("engine", "f", ProcessIdentity.of(engine.pid()).orElseThrow());
    assertThat(kernel.kodo("up", "-d").exit()).isZero();

    assertThat(engine.isAlive()).as("the configuration has no engine of its own").isFalse();
    assertThat(process("postgres")).isEqualTo(postgres);
    assertThat(process("workers")).isEqualTo(workers);
    assertThat(kernel.kodo("down").exit()).isZero();
    assertThat(postgres.isAlive() || workers.isAlive()).isFalse();
  }

  @Test
  void endsTheOrphansOfAKilledKernelOnDown() throws Exception {
    assertThat(kernel.kodo("up", "-d").exit()).isZero();
    ProcessIdentity postgres = process("postgres");
    KernelLock.holder(home).flatMap(ProcessIdentity::handle).orElseThrow().destroyForcibly();

    KernelProcess.Result down = kernel.kodo("down");

    assertThat(down.text()).contains("postgres");
    assertThat(postgres.isAlive()).isFalse();
  }

  @Test
  void endsWhatItDidNotComeToAdoptWhenItsStartFails() throws Exception {
    assertThat(kernel.kodo("up", "-d").exit()).isZero();
    List<ProcessIdentity> left = List.of(process("postgres"), process("workers"));
    KernelLock.holder(home).flatMap(ProcessIdentity::handle).orElseThrow().destroyForcibly();
    await("the kernel is gone").until(() -> KernelLock.holder(home).isEmpty());
    String settings = Files.readString(home.config());
    Files.writeString(home.config(), settings + "no.such.key: 1\n");

    KernelProcess.Result up = kernel.kodo("up", "-d");

    assertThat(up.exit()).isEqualTo(2);
    assertThat(left).noneMatch(ProcessIdentity::isAlive);
    Files.writeString(home.config(), settings);
  }

  @Test
  void panicsWithinTwoSecondsAlsoWhenEverythingIsSuspended() throws Exception {
    assertThat(kernel.kodo("up", "-d").exit()).isZero();
    ProcessIdentity workers = process("workers");
    ProcessIdentity self = KernelLock.holder(home).orElseThrow();
    signal("STOP", workers);
    signal("STOP", self);

    long started = System.nanoTime();
    KernelProcess.Result panic = kernel.kodo("panic");
    Duration took = Duration.ofNanos(System.nanoTime() - started);

    assertThat(panic.exit()).isZero();
    assertThat(workers.isAlive()).isFalse();
    assertThat(panicMillis(panic.text())).isLessThan(2_000);
    assertThat(took)
        .as("with the start of a JVM on a busy machine")
        .isLessThan(Duration.ofSeconds(10));

    signal("CONT", self);
    assertThat(kernel.kodo("beat").exit()).isEqualTo(6);
    assertThat(kernel.kodo("down").exit()).isZero();
    KernelProcess.Result up = kernel.kodo("up", "-d");
    assertThat(up.text()).contains("PANIC").contains("held back by panic");
    assertThat(new PartRecords(home.run()).alive(List.of("workers"))).isEmpty();

    assertThat(kernel.kodo("resume").text()).contains("lifted");
    await("the workers start again")
        .atMost(Duration.ofSeconds(30))
        .until(() -> !new PartRecords(home.run()).alive(List.of("workers")).isEmpty());
    await("panic and resume are in the log, although no kernel could write when they came")
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(kernel.kodo("audit", "show").text())
                    .containsSubsequence("all-agents: stopped", "all-agents: lifted"));
  }

  @Test
  void refusesATakenPortInOneSentence() throws Exception {
    int port =
        Files.readAllLines(home.config()).stream()
            .filter(line -> line.startsWith("api.port"))
            .map(line -> Integer.parseInt(line.substring(line.indexOf(' ') + 1)))
            .findFirst()
            .orElseThrow();
    try (ServerSocket other = new ServerSocket()) {
      other.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));

      KernelProcess.Result up = kernel.kodo("up", "-d");

      assertThat(up.exit()).isEqualTo(7);
      assertThat(up.text()).contains("port " + port).contains("`api.port`");
      assertThat(up.text()).doesNotContain("at dev.kodo").doesNotContain("PostgreSQL");
    }
  }

  @Test
  void restartsAKilledPartAndSaysSo() throws Exception {
    assertThat(kernel.kodo("up", "-d").exit()).isZero();
    ProcessIdentity workers = process("workers");

    workers.handle().orElseThrow().destroyForcibly();

    await("other workers run")
        .atMost(Duration.ofSeconds(30))
        .until(() -> identity("workers").filter(now -> !now.equals(workers)).isPresent());
    await("the state says so")
        .atMost(Duration.ofSeconds(10))
        .until(
            () ->
                Json.read(home.stateFile())
                        .orElseThrow()
                        .path("parts")
                        .path(1)
                        .path("restarts")
                        .asInt()
                    == 1);
  }

  private ProcessIdentity process(String part) {
    return identity(part).orElseThrow();
  }

  private Optional<ProcessIdentity> identity(String part) {
    return new PartRecords(home.run())
        .read(part)
        .map(PartRecord::process)
        .filter(ProcessIdentity::isAlive);
  }

  private static long panicMillis(String text) {
    String inside = text.substring(text.indexOf('(') + 1, text.indexOf(')'));
    double number = Double.parseDouble(inside.substring(0, inside.indexOf(' ')));
    return Math.round(inside.endsWith("ms") ? number : number * 1000);
  }

  private static void signal(String name, ProcessIdentity process) throws Exception {
    List<String> words =
        List.of("/bin/sh", "-c", "kill -" + name + " " + Objects.requireNonNull(process).pid());
    assertThat(new ProcessBuilder(words).start().waitFor()).isZero();
  }
}
