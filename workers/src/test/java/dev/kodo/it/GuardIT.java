package dev.kodo.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kodo.kernel.workers.Confinement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the guard keeps to itself, and what panic does while a provider hangs. */
class GuardIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration PANIC_BOUND = Duration.ofSeconds(2);

  @TempDir Path home;

  @Test
  void keepsTheKeyFromTheBodyAndCutsAHangingProviderAtAPanic() throws Exception {
    String key = "sk-planted-" + UUID.randomUUID();
    try (ModelStub model = new ModelStub();
        Installation kodo =
            new Installation(
                home.resolve("kodo"),
                Map.of(
                    "heartbeat.interval", "PT1H",
                    "model.provider", "openai",
                    "model.base-url", model.baseUrl(),
                    "model.name", "stub-model",
                    "model.api-key-env", "PLANTED_KEY"))) {
      kodo.putEnvironment("PLANTED_KEY", key);
      kodo.up();
      Story story = new Story(kodo);
      await("first beat").atMost(PATIENCE).until(() -> !story.beats().isEmpty());
      assertThat(model.authorization()).isEqualTo("Bearer " + key);

      ProcessHandle workers = kodo.part("workers");
      assertThat(ProcessMemory.holds(workers, "stub-model")).as("the search finds").isTrue();
      assertThat(ProcessMemory.holds(workers, key)).as("the key in the body's memory").isFalse();
      assertThat(ProcessMemory.holds(kodo.part("kernel"), key)).as("the guard has it").isTrue();
      assertThat(ProcessMemory.holds(Path.of("/proc/" + workers.pid() + "/environ"), key))
          .isFalse();
      assertThat(filesWith(key, kodo.home())).as("files with the key").isEmpty();
      if (new Confinement(List.of(), List.of(), List.of()).obstacle().isEmpty()) {
        isLockedIn(kodo, workers);
      }

      assertThat(kodo.kodo("budget").output()).contains("main");
      assertThat(kodo.kodo("audit", "verify").exitCode()).isZero();
      assertThat(kodo.kodo("audit", "show", "--kind", "model-call").output())
          .contains("stub-model");

      holdsARoutineToItsLimitOfCalls(kodo, model);

      model.hold();
      assertThat(kodo.kodo("beat").exitCode()).isZero();
      await("the provider hangs").atMost(PATIENCE).until(() -> model.waiting() == 1);
      long before = System.nanoTime();
      assertThat(kodo.kodo("panic").exitCode()).isZero();
      await("the body is gone")
          .atMost(PANIC_BOUND)
          .pollInterval(Duration.ofMillis(20))
          .until(() -> !workers.isAlive());
      System.out.println(
          "GuardIT: panic with a hanging provider took "
              + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before)
              + " ms");
      model.release();
    }
  }

  /**
   * The answer to the first call fits no schema; for the second, which would repair it, none is
   * left.
   */
  private static void holdsARoutineToItsLimitOfCalls(Installation kodo, ModelStub model) {
    model.misunderstand("Carry out the routine 'held'");
    assertThat(
            kodo.kodo(
                    "routine", "add", "held", "--message", "go", "--do", "Say it.", "--calls", "1")
                .exitCode())
        .isZero();
    assertThat(kodo.kodo("routine", "run", "held").exitCode()).isZero();

    JsonNode run =
        await("the run ends")
            .atMost(PATIENCE)
            .until(
                () -> kodo.api("/api/agents/main/routines/held").at("/runs/0"),
                latest -> latest.hasNonNull("endedAt"));

    assertThat(run.path("outcome").asText()).as(run.toString()).isEqualTo("limit-reached");
    assertThat(model.misunderstood()).as("calls that reached the provider").isEqualTo(1);
    assertThat(kodo.kodo("budget", "--by", "heartbeat").output()).contains("routine/held/");
    assertThat(kodo.kodo("audit", "show", "--kind", "refusal").output()).contains("stated-calls");
  }

  private static List<Path> filesWith(String text, Path folder) throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        // The database removes files of its own while it runs.
        if (Files.exists(file) && ProcessMemory.holds(file, text)) {
          found.add(file);
        }
      }
    }
    return found;
  }

  /** What the body would see and reach, seen through its own mounts. */
  private static void isLockedIn(Installation kodo, ProcessHandle workers) throws Exception {
    Path itsRoot = Path.of("/proc/" + workers.pid() + "/root");
    Path secrets = itsRoot.resolve(itsRoot.getRoot().relativize(kodo.home().resolve("secrets")));
    assertThat(kodo.home().resolve("secrets")).isNotEmptyDirectory();
    assertThat(secrets).as("the kernel's secrets, for the body").isEmptyDirectory();
    assertThat(kodo.kodo("doctor").output()).contains("the workers are locked in");

    assertThat(Files.readString(Path.of("/proc/" + kodo.part("kernel").pid() + "/limits")))
        .as("an image of the kernel after a crash")
        .containsPattern("Max core file size +1 +1 ");

    Process attachment =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(kodo.part("kernel").pid()),
                "VM.version")
            .redirectErrorStream(true)
            .start();
    String said = new String(attachment.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(attachment.waitFor()).as("code loaded into the kernel: " + said).isNotZero();
  }
}
