package dev.kodo.kernel.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class SupervisorTest {
  private static final String SLEEP = "exec sleep 300";
  private static final String STUBBORN = "trap '' TERM; touch trapped; while :; do sleep 1; done";

  @TempDir Path folder;

  private final List<String> ended = Collections.synchronizedList(new ArrayList<>());
  private Supervisor supervisor;

  @BeforeEach
  void prepare() {
    supervisor = newSupervisor();
  }

  @AfterEach
  void leaveNothing() throws InterruptedException {
    supervisor.stopAll();
  }

  @Test
  void stopsPartsInReverseOrderAndLeavesNoProcess() throws Exception {
    List<Long> pids = new ArrayList<>();
    for (String name : List.of("first", "second", "third")) {
      pids.add(pid(supervisor.start(part(name, SLEEP))));
    }

    supervisor.stopAll();

    assertThat(ended).containsExactly("third", "second", "first");
    assertThat(pids).noneMatch(SupervisorTest::lives);
    assertThat(supervisor.statuses()).allMatch(s -> s.state() == PartState.STOPPED);
  }

  @Test
  void endsWhatLivesOnAPartBetweenItAndTheLaterOnes() throws Exception {
    supervisor.start(part("below", SLEEP));
    supervisor.endWith(() -> ended.add("on it"));
    supervisor.start(part("above", SLEEP));

    supervisor.stopAll();

    assertThat(ended).containsExactly("above", "on it", "below");
    assertThatThrownBy(() -> supervisor.endWith(() -> ended.add("late")))
        .isInstanceOf(InterruptedException.class);
    assertThat(ended).endsWith("late");
  }

  @Test
  void restartsAPartThatWasKilled() throws Exception {
    long first = pid(supervisor.start(part("one", SLEEP)));

    ProcessHandle.of(first).orElseThrow().destroyForcibly();

    await("the part runs again under another pid")
        .until(() -> healthyPid().filter(pid -> pid != first).isPresent());
    assertThat(supervisor.statuses().getFirst().restarts()).isEqualTo(1);
  }

  @Test
  void emptiesTheTemporaryFilesOfAPartBeforeEachStart() throws Exception {
    Path scratch = folder.resolve("scratch");
    FakePart part = part("messy", "touch scratch/left-$$; exec sleep 600");
    part.scratch = scratch;
    long first = pid(supervisor.start(part));
    await("the part left something").until(() -> Files.exists(scratch.resolve("left-" + first)));

    ProcessHandle.of(first).orElseThrow().destroyForcibly();

    await("the part runs again").until(() -> healthyPid().filter(pid -> pid != first).isPresent());
    assertThat(scratch).isDirectory();
    assertThat(scratch.resolve("left-" + first)).doesNotExist();
  }

  @Test
  void givesUpHopingForAPartThatEndsAtOnceAndKeepsItsLastWords() throws Exception {
    PartStatus status = supervisor.start(failing(part("broken", "echo no disk left; exit 3")));

    assertThat(status.state()).isEqualTo(PartState.FAILED);
    assertThat(Files.readString(folder.resolve("broken.log"))).contains("no disk left");
  }

  @Test
  void restartsAPartThatLivesButDoesNotWorkAnyMore() throws Exception {
    AtomicBoolean hangs = new AtomicBoolean();
    FakePart part = part("hanging", SLEEP);
    part.check =
        () -> {
          if (hangs.get()) {
            throw new IOException("no answer");
          }
        };
    long first = pid(supervisor.start(part));

    hangs.set(true);
    await("the hung process is replaced").until(() -> !lives(first));
    hangs.set(false);

    await("the part works again").until(() -> healthyPid().isPresent());
    assertThat(supervisor.statuses().getFirst().lastError()).contains("hung");
  }

  @Test
  void killsAPartThatIgnoresTheRequestToEnd() throws Exception {
    long pid = pid(supervisor.start(part("stubborn", STUBBORN)));
    awaitTrap();

    supervisor.stopAll();

    assertThat(lives(pid)).isFalse();
  }

  @Test
  void keepsTheRecordOfAPartThatCouldNotBeKilledInTime() throws Exception {
    FakePart part = part("stubborn", STUBBORN);
    part.timing = impatient();
    long pid = pid(supervisor.start(part));
    awaitTrap();

    supervisor.stopAll();

    assertThat(supervisor.statuses().getFirst().state()).isEqualTo(PartState.FAILED);
    assertThat(supervisor.statuses().getFirst().lastError()).contains("could not be killed");
    assertThat(new PartRecords(folder).read("stubborn")).isPresent();
    await("it ends by itself, as it was killed").until(() -> !lives(pid));
  }

  @Test
  void neverRestartsAPartForTroubleThatLiesOutside() throws Exception {
    AtomicInteger checks = new AtomicInteger();
    FakePart part = part("full", SLEEP);
    part.check =
        () -> {
          if (checks.incrementAndGet() > 1) {
            throw new OutsideTrouble("the disk is full", new IOException("503"));
          }
        };
    long first = pid(supervisor.start(part));
    long limit = 3 * FakePart.FAST.hung().dividedBy(FakePart.FAST.interval());

    await("far more checks than a hung part gets").until(() -> checks.get() > limit);

    PartStatus status = supervisor.statuses().getFirst();
    assertThat(status.state()).isEqualTo(PartState.UNHEALTHY);
    assertThat(status.lastError()).isEqualTo("the disk is full");
    assertThat(status.pid()).isEqualTo(first);
    assertThat(status.restarts()).isZero();
  }

  @Test
  void tellsAtOnceOfTroubleOutsideDuringAStart() throws Exception {
    FakePart part = part("full", SLEEP);
    part.check =
        () -> {
          throw new OutsideTrouble("the disk is full", new IOException("503"));
        };

    assertThat(supervisor.start(part).state()).isEqualTo(PartState.UNHEALTHY);
  }

  @Test
  void outlivesAnErrorInACheck() throws Exception {
    FakePart part = part("broken", SLEEP);
    part.check =
        () -> {
          throw new NoClassDefFoundError("dev/kodo/Gone");
        };

    PartStatus status = supervisor.start(part);

    assertThat(status.state()).isEqualTo(PartState.FAILED);
    assertThat(status.lastError()).contains("NoClassDefFoundError: dev/kodo/Gone");
  }

  @Test
  void preparesAStartButNeverAnAdoption() throws Exception {
    partOfAKilledKernel();
    FakePart part = part("sleeper", FakeKernel.SCRIPT);
    AtomicInteger preparations = new AtomicInteger();
    part.preparation = preparations::incrementAndGet;
    long adopted = pid(supervisor.start(part));
    assertThat(preparations).hasValue(0);

    ProcessHandle.of(adopted).orElseThrow().destroyForcibly();

    await("it runs again").until(() -> healthyPid().filter(pid -> pid != adopted).isPresent());
    assertThat(preparations).hasValue(1);
  }

  @Test
  void killsARunningPartOfAnEarlierKernelThatMustNotRun() throws Exception {
    long pid = partOfAKilledKernel();
    FakePart part = part("sleeper", FakeKernel.SCRIPT);
    part.hold = Files.createFile(folder.resolve("flag"));

    assertThat(supervisor.start(part).state()).isEqualTo(PartState.HELD);

    assertThat(lives(pid)).isFalse();
  }

  @Test
  void endsAlsoWhatAPartStartedAndAbandoned() throws Exception {
    String script = "(sleep 301 & echo $! > child); exec sleep 300";
    supervisor.start(part("parent", script));
    Path child = folder.resolve("child");
    await("the grandchild runs").until(() -> Files.exists(child) && Files.size(child) > 1);
    long pid = Long.parseLong(Files.readString(child).strip());
    assertThat(lives(pid)).isTrue();

    supervisor.stopAll();

    assertThat(lives(pid)).isFalse();
  }

  @Test
  void endsWhatLeftThePartAndItsSessionButNotItsMounts() throws Exception {
    Process trial = new ProcessBuilder("unshare", "--user", "--map-root-user", "true").start();
    assumeTrue(trial.waitFor() == 0, "this machine permits no user namespaces");
    Path mounts = Files.createDirectory(folder.resolve("its \\ mounts"));
    FakePart part =
        part(
            "loose",
            "exec unshare --user --map-root-user --mount sh -c"
                + " 'mount --bind \"$PWD/its \\ mounts\" \"$PWD/its \\ mounts\";"
                + " (setsid sleep 600 < /dev/null > stray 2>&1 &); exec sleep 300'");
    MountedAt strays = new MountedAt(mounts);
    part.strays = strays;
    long first = pid(supervisor.start(part));
    await("the program has left").until(() -> strays.alive().size() == 2);
    ProcessIdentity stray = other(strays, first);

    ProcessHandle.of(first).orElseThrow().destroyForcibly();

    await("the part runs again").until(() -> healthyPid().filter(pid -> pid != first).isPresent());
    assertThat(stray.isAlive()).as("of the life before").isFalse();
    await("the program has left again").until(() -> strays.alive().size() == 2);
    supervisor.stopAll();
    assertThat(strays.alive()).isEmpty();
  }

  private static ProcessIdentity other(MountedAt strays, long leader) {
    return strays.alive().stream()
        .filter(process -> process.pid() != leader)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void doesNotStartAPartWhileItsHoldFlagExists() throws Exception {
    FakePart part = part("held", SLEEP);
    part.hold = Files.createFile(folder.resolve("flag"));

    assertThat(supervisor.start(part).state()).isEqualTo(PartState.HELD);

    Files.delete(folder.resolve("flag"));
    await("the part starts when the flag is gone").until(() -> healthyPid().isPresent());
  }

  @Test
  void theStartingProcessItselfLooksAtTheHoldFlag() throws Exception {
    FakePart part = part("held", "echo ran > ran");
    part.hold = Files.createFile(folder.resolve("flag"));

    PartLauncher launcher = new PartLauncher(new PartRecords(folder));

    // Such a process lives for a moment only, so that it may be gone before anybody looks at it.
    for (int i = 0; i < 30; i++) {
      ProcessIdentity process = launcher.start(part, part.command(), folder.resolve("held.log"));
      await("the process ends").until(() -> !process.isAlive());
    }
    assertThat(folder.resolve("ran")).doesNotExist();
    assertThat(Files.readString(folder.resolve("held.log"))).contains("not started");
  }

  @Test
  void adoptsTheRunningPartOfAKilledKernel() throws Exception {
    long pid = partOfAKilledKernel();
    assertThat(lives(pid)).as("the part outlives its kernel").isTrue();

    PartStatus status = supervisor.start(part("sleeper", FakeKernel.SCRIPT));

    assertThat(status.pid()).isEqualTo(pid);
    supervisor.stopAll();
    assertThat(lives(pid)).as("no orphan after the stop").isFalse();
  }

  @Test
  void endsAPartOfAKilledKernelThatWasStartedDifferently() throws Exception {
    long pid = partOfAKilledKernel();

    PartStatus status = supervisor.start(part("sleeper", "exec sleep 299"));

    assertThat(lives(pid)).isFalse();
    assertThat(status.pid()).isNotEqualTo(pid);
  }

  @Test
  void neverTouchesAProcessThatOnlyHasTheRecordedPid() throws Exception {
    Process stranger = new ProcessBuilder("sleep", "300").start();
    try {
      ProcessIdentity now = ProcessIdentity.of(stranger.pid()).orElseThrow();
      ProcessIdentity before = new ProcessIdentity(now.pid(), now.start() - 1, now.boot());
      FakePart part = part("reused", SLEEP);
      new PartRecords(folder).started("reused", part.command().fingerprint(), before);

      PartStatus status = supervisor.start(part);
      supervisor.stopAll();

      assertThat(status.pid()).isNotEqualTo(stranger.pid());
      assertThat(stranger.isAlive()).isTrue();
    } finally {
      stranger.destroyForcibly();
    }
  }

  @Test
  void saysWhichPortIsTakenAndWhichKeyChangesIt() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      FakePart part = part("web", SLEEP);
      part.ports = Map.of("api.port", other.getLocalPort());

      assertThatThrownBy(() -> supervisor.start(part))
          .isInstanceOfSatisfying(
              Problem.class,
              problem -> {
                assertThat(problem.code()).isEqualTo(ProblemCode.PORT_TAKEN);
                assertThat(problem.sentence()).contains("port " + other.getLocalPort());
                assertThat(problem.next()).contains("`api.port`");
              });
      assertThat(supervisor.statuses().getFirst().restarts()).as("not tried again").isZero();
    }
  }

  private long partOfAKilledKernel() throws IOException, InterruptedException {
    Process kernel =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                FakeKernel.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(kernel.getInputStream(), StandardCharsets.UTF_8))) {
      String line = String.valueOf(lines.readLine());
      assertThat(line).startsWith("pid ");
      return Long.parseLong(line.substring(4));
    } finally {
      kernel.destroyForcibly().waitFor();
    }
  }

  /** Kills, but does not wait for the death. */
  private static Timing impatient() {
    Timing fast = FakePart.FAST;
    return new Timing(fast.start(), fast.interval(), fast.hung(), Duration.ZERO, fast.backoff());
  }

  /** A request to end that comes before the trap would end the part. */
  private void awaitTrap() {
    await("the part traps the signal").until(() -> Files.exists(folder.resolve("trapped")));
  }

  private FakePart part(String name, String script) {
    return new FakePart(name, folder, script, ended);
  }

  private static FakePart failing(FakePart part) {
    part.check =
        () -> {
          throw new IOException("not yet");
        };
    return part;
  }

  private Supervisor newSupervisor() {
    return new Supervisor(
        new PartRecords(folder),
        name -> folder.resolve(name + ".log"),
        Clock.systemUTC(),
        () -> {});
  }

  private Optional<Long> healthyPid() {
    PartStatus status = supervisor.statuses().getFirst();
    return status.state() == PartState.HEALTHY
        ? Optional.ofNullable(status.pid())
        : Optional.empty();
  }

  private static long pid(PartStatus status) {
    assertThat(status.state()).isEqualTo(PartState.HEALTHY);
    return java.util.Objects.requireNonNull(status.pid());
  }

  private static boolean lives(long pid) {
    return ProcessIdentity.of(pid).isPresent();
  }

  static {
    org.awaitility.Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
    org.awaitility.Awaitility.setDefaultPollInterval(Duration.ofMillis(20));
  }
}
