package dev.kodo.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
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
      Path heap = home.resolve("workers.hprof");
      run("jcmd", Long.toString(workers.pid()), "GC.heap_dump", heap.toString());
      assertThat(holds(heap, "stub-model")).as("the dump is one of this body").isTrue();
      assertThat(holds(heap, key)).as("the key in the body's memory").isFalse();
      assertThat(holds(Path.of("/proc/" + workers.pid() + "/environ"), key)).isFalse();
      assertThat(filesWith(key, kodo.home())).as("files with the key").isEmpty();

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
        if (Files.exists(file) && holds(file, text)) {
          found.add(file);
        }
      }
    }
    return found;
  }

  /** Whether the bytes of the text, in UTF-8 or UTF-16, stand anywhere in the file. */
  private static boolean holds(Path file, String text) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    byte[] utf16 = text.getBytes(StandardCharsets.UTF_16LE);
    byte[] block = new byte[1 << 20];
    int kept = 0;
    try (InputStream in = Files.newInputStream(file)) {
      int read;
      while ((read = in.read(block, kept, block.length - kept)) > 0) {
        int length = kept + read;
        if (find(block, length, utf8) || find(block, length, utf16)) {
          return true;
        }
        kept = Math.min(length, utf16.length);
        System.arraycopy(block, length - kept, block, 0, kept);
      }
    }
    return false;
  }

  private static boolean find(byte[] block, int length, byte[] wanted) {
    for (int start = 0; start + wanted.length <= length; start++) {
      int same = 0;
      while (same < wanted.length && block[start + same] == wanted[same]) {
        same++;
      }
      if (same == wanted.length) {
        return true;
      }
    }
    return false;
  }

  private static void run(String program, String... arguments)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", program).toString());
    words.addAll(List.of(arguments));
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }
}
