package dev.kodo.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** One theme that goes through a restart, the loss of parts in mid-call, and a disk that fails. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HardshipIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir static Path home;
  private static final ModelStub MODEL = new ModelStub();
  private static Installation kodo;
  private static Story story;
  private static Path disk;
  private static boolean diskMounted;

  @BeforeAll
  static void startWithATheme() throws Exception {
    disk = Files.createDirectories(home.resolve("disk"));
    diskMounted = run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk.toString()) == 0;
    kodo =
        new Installation(
            home.resolve("kodo"),
            Map.of(
                "heartbeat.interval", "PT1H",
                "worker.job-timeout", "PT4S",
                "workspace.path", disk.toString(),
                "model.provider", "openai",
                "model.base-url", MODEL.baseUrl(),
                "model.name", "stub-model",
                "theme.settle", "PT0.2S"));
    story = new Story(kodo);
    Path themebox = Files.createDirectories(kodo.workspace().resolve("themebox"));
    Files.writeString(
        themebox.resolve("lighthouses.md"),
        "# Lighthouses\n\nA light that nobody answers. What keeps its keeper at work?\n");
    kodo.up();
    await("first beat").atMost(PATIENCE).until(() -> story.beats().size() == 1);
  }

  @AfterAll
  static void stop() throws Exception {
    kodo.close();
    MODEL.close();
    if (diskMounted) {
      assertThat(run("umount", disk.toString())).isZero();
    }
  }

  @Test
  @Order(1)
  void goesOnWithTheThemeAfterARestartOfEverythingInMidCall() {
    String theme = theme();
    inMidCall(
        () -> {
          assertThat(kodo.kodo("down").exitCode()).isZero();
          kodo.up();
        });

    beatOnce();
    assertThat(theme()).as("the theme that ran before").isEqualTo(theme);
    int beats = story.beats().size();
    assertThat(beats).as("the start, the interrupted beat, this one").isEqualTo(3);
    assertThat(kodo.kodo("status").output()).containsPattern("theme \"Light.*\" \\([12] beats\\)");
    int files = filesIn("processes") + filesIn("forms");
    assertThat(kodo.kodo("doctor").output())
        .contains(files + " in the engine, the same as the local");
    assertThat(kodo.kodo("deploy").output())
        .contains("unchanged  heartbeat.bpmn (version 1)")
        .doesNotContain("deployed");
    assertWhole();
  }

  @Test
  @Order(2)
  void goesOnWhenTheEngineDisappearsInMidCall() {
    inMidCall(() -> killAndAwait("engine"));
    beatOnce();
    assertWhole();
  }

  @Test
  @Order(3)
  void goesOnWhenTheDatabaseDisappearsInMidCall() {
    inMidCall(() -> killAndAwait("postgres"));
    beatOnce();
    assertWhole();
  }

  @Test
  @Order(4)
  void failsOpenlyOnAFullDiskAndGoesOnWhenThereIsRoomAgain() throws Exception {
    Assumptions.assumeTrue(
        diskMounted, "SKIPPED: no file system can be mounted here, so no disk can be full");
    Path filler = disk.resolve("filler");
    fill(filler);

    JsonNode failed = beatThatFails();

    assertThat(failed.get("errorCode").asText()).isEqualTo("WORKSPACE_UNWRITABLE");
    Files.delete(filler);
    beatUntilClosed();
    assertThat(kodo.workspace().resolve(".git/index.lock")).doesNotExist();
    assertWhole();
  }

  @Test
  @Order(5)
  void failsOpenlyOnAReadOnlyDiskAndGoesOnWhenItCanWriteAgain() throws Exception {
    Assumptions.assumeTrue(
        diskMounted, "SKIPPED: no file system can be mounted here, so none can be read-only");
    assertThat(run("mount", "-o", "remount,ro", disk.toString())).isZero();
    try {
      assertThat(beatThatFails().get("errorCode").asText()).isEqualTo("WORKSPACE_UNWRITABLE");
    } finally {
      assertThat(run("mount", "-o", "remount,rw", disk.toString())).isZero();
    }
    beatUntilClosed();
    assertWhole();
  }

  /** Does something while the model is being asked for the choice of the next beat. */
  private static void inMidCall(Runnable hardship) {
    int before = story.beats().size();
    MODEL.hold();
    try {
      beat();
      await("the model is being asked").atMost(PATIENCE).until(() -> MODEL.waiting() >= 1);
      hardship.run();
    } finally {
      MODEL.release();
    }
    await("the beat ends one way or the other")
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> !story.isBeating() && story.beats().size() > before);
  }

  private static void killAndAwait(String part) {
    long before = kodo.part(part).pid();
    kodo.kill(part);
    await(part + " runs again")
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> kodo.part(part).pid() != before && kodo.part(part).isAlive());
  }

  private static JsonNode beatThatFails() {
    int before = story.beats().size();
    beat();
    await("the beat ends").atMost(PATIENCE).until(() -> story.beats().size() > before);
    JsonNode last = story.beats().getLast();
    assertThat(last.get("outcome").asText()).as("%s", last).isIn("failed", "incomplete");
    return last;
  }

  private static void beatUntilClosed() {
    await("a beat closes")
        .atMost(PATIENCE)
        .until(
            () -> {
              beatOnce();
              return story.beats().getLast().get("outcome").asText().equals("closed");
            });
  }

  private static void beatOnce() {
    int before = story.beats().size();
    beat();
    await("the beat ends")
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> story.beats().size() > before);
  }

  private static void beat() {
    await("the pacemaker waits").atMost(PATIENCE).until(() -> kodo.kodo("beat").exitCode() == 0);
  }

  private static int filesIn(String folder) {
    return Installation.REPOSITORY
        .resolve(folder)
        .toFile()
        .listFiles((parent, name) -> name.matches(".*\\.(bpmn|dmn|form)"))
        .length;
  }

  private static String theme() {
    return story.agent().at("/theme/id").asText();
  }

  private static void assertWhole() {
    assertThat(MODEL.callsByKey().values())
        .as("calls per model step")
        .extracting(AtomicInteger::get)
        .containsOnly(1);
    story.assertNothingLostOrDoubled();
    story.assertThemesAreWhole();
  }

  private static void fill(Path filler) throws IOException {
    try (var out = Files.newOutputStream(filler)) {
      byte[] block = new byte[4096];
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
  }

  private static int run(String... words) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(List.of(words)).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exit = process.waitFor();
    if (exit != 0) {
      System.out.println(String.join(" ", words) + ": " + output.strip());
    }
    return exit;
  }
}
