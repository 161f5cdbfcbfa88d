package dev.kodo.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** From a fresh home to two finished themes, one beat at a time, against a stub of a paid model. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ThemeToArtifactsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir static Path home;
  private static final ModelStub MODEL = new ModelStub();
  private static Installation kodo;
  private static Story story;

  @BeforeAll
  static void startInAnEmptyHome() throws IOException {
    kodo =
        new Installation(
            home.resolve("kodo home"),
            Map.of(
                "heartbeat.interval", "PT1H",
                "model.provider", "openai",
                "model.base-url", MODEL.baseUrl(),
                "model.name", "stub-model",
                "theme.settle", "PT0.2S"));
    story = new Story(kodo);
    Path themebox = kodo.workspace().resolve("themebox");
    Files.createDirectories(themebox);
    Files.writeString(
        themebox.resolve("tidal pools.md"),
        """
        # Tidal pools

        Twice a day the sea leaves small worlds behind. What lives there has to bear heat, rain and hunters.

        What can a tidal pool teach somebody who builds systems that must live through interruptions?
        """);
    kodo.up();
  }

  @AfterAll
  static void stopAndLeaveNoProcess() {
    List<ProcessHandle> parts =
        List.of(kodo.part("postgres"), kodo.part("engine"), kodo.part("workers"));
    assertThat(kodo.kodo("down").exitCode()).isZero();
    assertThat(parts).noneMatch(ProcessHandle::isAlive);
    MODEL.close();
  }

  @Test
  @Order(1)
  void startsTheThemeInTheFirstBeatWithoutBeingAsked() {
    await("first beat").atMost(PATIENCE).until(() -> !story.beats().isEmpty());

    JsonNode first = story.beats().getFirst();
    assertThat(first.get("activity").asText()).isEqualTo("theme-start");
    assertThat(first.get("outcome").asText()).isEqualTo("closed");
    assertThat(story.files())
        .contains("themebox/processed.tidal pools.md")
        .anyMatch(
            file ->
                file.matches(
                    "artifacts/" + first.get("heartbeatId").asText() + "_[^/]+/contexts/.*\\.md"));
  }

  @Test
  @Order(2)
  void beatsToTheEndOfTwoThemesInTwoLanguages() {
    assertThat(
            kodo.kodo(
                    "theme",
                    "add",
                    """
                    # 鼓動と休符

                    音楽は音だけでできているのではない。休符があるから拍が聞こえる。

                    絶えず働く機械に、休符はどんな意味を持ちうるだろうか。\
                    """)
                .exitCode())
        .isZero();
    for (int beat = 0; beat < 30 && themesEnded() < 2; beat++) {
      beatOnce();
    }

    assertThat(themesEnded()).isEqualTo(2);
    story.assertNothingLostOrDoubled();
    story.assertThemesAreWhole();
    assertThat(story.files())
        .anyMatch(file -> file.startsWith("themebox/processed.") && !file.contains("tidal"));
    assertThat(story.beats())
        .allSatisfy(beat -> assertThat(beat.get("outcome").asText()).isEqualTo("closed"));
  }

  @Test
  @Order(3)
  void callsTheModelOncePerStep() {
    assertThat(MODEL.callsByKey()).isNotEmpty().doesNotContainKey("null");
    assertThat(MODEL.callsByKey().values()).extracting(AtomicInteger::get).containsOnly(1);
    int callsInLogs =
        story.files().stream()
            .filter(file -> file.contains("/histories/"))
            .mapToInt(
                file ->
                    Integer.parseInt(
                        story.read(file).replaceAll("(?s).*\\nmodel_calls: (\\d+)\\n.*", "$1")))
            .sum();
    assertThat(callsInLogs).isEqualTo(MODEL.calls());
  }

  @Test
  @Order(4)
  void keepsEveryStepInGit() throws Exception {
    assertThat(git("status", "--porcelain")).isEmpty();
    for (JsonNode beat : story.beats()) {
      assertThat(git("log", "--oneline")).contains(beat.get("heartbeatId").asText());
    }
  }

  @Test
  @Order(5)
  void answersAlreadyBeatingDuringABeat() {
    MODEL.hold();
    try {
      assertThat(kodo.kodo("beat").exitCode()).isZero();
      await("the model is being asked").atMost(PATIENCE).until(() -> MODEL.waiting() == 1);

      Installation.Ran second = kodo.kodo("beat");

      assertThat(second.output()).contains("already beating");
      assertThat(second.exitCode()).isEqualTo(5);
    } finally {
      MODEL.release();
    }
    await("the beat ends").atMost(PATIENCE).until(() -> !story.isBeating());
  }

  @Test
  @Order(6)
  void startsABeatThroughTheEnginesOwnApi() {
    int before = story.beats().size();

    JsonNode started =
        kodo.enginePost(
            "/v2/process-instances",
            "{\"processDefinitionId\": \"heartbeat\", \"variables\": {\"agentId\": \"main\"}}");

    assertThat(started.get("processInstanceKey").asLong()).isPositive();
    await("the beat ends").atMost(PATIENCE).until(() -> story.beats().size() == before + 1);
    assertThat(story.beats().getLast().get("trigger").asText()).isEqualTo("rest");
  }

  @Test
  @Order(7)
  void beatsWhenTheMessageComesThroughTheEnginesOwnApi() {
    int before = story.beats().size();

    kodo.enginePost(
        "/v2/messages/publication",
        "{\"name\": \"beat-now\", \"correlationKey\": \"main\", \"timeToLive\": 10000, \"variables\": {}}");

    await("the beat ends").atMost(PATIENCE).until(() -> story.beats().size() == before + 1);
    assertThat(story.beats().getLast().get("trigger").asText()).isEqualTo("beat-now");
  }

  @Test
  @Order(8)
  void tellsTheStoryInStatus() {
    Installation.Ran status = kodo.kodo("status");

    assertThat(status.exitCode()).isZero();
    assertThat(status.output()).contains("main", "running", "stub-model");
  }

  @Test
  @Order(9)
  void entersEveryCommitIntoTheAuditLog() throws IOException {
    List<String> commits = git("log", "--reverse", "--format=%H").lines().toList();

    // The last entries leave with the next job that ends, at the latest when the next beat has one.
    await("the log holds every commit")
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(entered("file-change")).containsExactlyElementsOf(commits));
    assertThat(kodo.kodo("audit", "verify").exitCode()).isZero();
  }

  /** The commits of the entries of this kind, oldest first. */
  private static List<String> entered(String kind) {
    Installation.Ran shown = kodo.kodo("audit", "show", "--json", "--kind", kind, "-n", "1000");
    return shown
        .output()
        .lines()
        .filter(line -> line.startsWith("{"))
        .map(line -> line.replaceAll(".*\"commit\":\"([0-9a-f]{40})\".*", "$1"))
        .toList();
  }

  private static long themesEnded() {
    return story.beats().stream()
        .filter(beat -> beat.path("activity").asText().equals("theme-end"))
        .count();
  }

  private static void beatOnce() {
    int before = story.beats().size();
    await("the pacemaker waits").atMost(PATIENCE).until(() -> kodo.kodo("beat").exitCode() == 0);
    await("the beat ends").atMost(PATIENCE).until(() -> story.beats().size() > before);
  }

  private static String git(String... arguments) throws IOException {
    var command = new java.util.ArrayList<>(List.of("git", "-C", kodo.workspace().toString()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new String(
        process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
  }
}
