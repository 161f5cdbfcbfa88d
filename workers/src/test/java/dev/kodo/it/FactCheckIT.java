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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The walk-through of docs/modeling.md, step by step, on a real engine. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FactCheckIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Path SAVED_BY_MODELER =
      Path.of("src/test/resources/modeling/activity.bpmn").toAbsolutePath();

  @TempDir static Path folder;
  private static Path diagram;
  private static Installation kodo;
  private static Story story;

  @BeforeAll
  static void liveUntilTheNextBeatCreates() throws IOException {
    Path root = Installation.copyTo(folder.resolve("installation"));
    diagram = root.resolve("processes/activity.bpmn");
    kodo =
        new Installation(
            root,
            folder.resolve("home"),
            Map.of(
                "heartbeat.interval", "PT1H",
                "model.provider", "rehearsal",
                "theme.settle", "PT0.2S"));
    story = new Story(kodo);
    Path themebox = Files.createDirectories(kodo.workspace().resolve("themebox"));
    Files.writeString(
        themebox.resolve("tidal pools.md"),
        """
        # Tidal pools

        Twice a day the sea leaves small worlds behind. What lives there has to bear heat, rain and hunters.
        """);
    kodo.up();
    await("the first beat").atMost(PATIENCE).until(() -> !story.beats().isEmpty());
    beatOnce();
    beatOnce();
    assertThat(story.beats())
        .extracting(beat -> beat.get("activity").asText())
        .containsExactly("theme-start", "think", "observe");
  }

  @AfterAll
  static void stopAndLeaveNoProcess() {
    List<ProcessHandle> parts =
        List.of(kodo.part("postgres"), kodo.part("engine"), kodo.part("workers"));
    assertThat(kodo.kodo("down").exitCode()).isZero();
    assertThat(parts).noneMatch(ProcessHandle::isAlive);
  }

  @Test
  @Order(1)
  void refusesTheDiagramWhileTheQuestionIsEmpty() throws IOException {
    String saved = Files.readString(SAVED_BY_MODELER);
    Files.writeString(
        diagram, saved.replaceAll("<zeebe:input source=\"[^\"]+\" target=\"question\" />", ""));

    Installation.Ran deployed = kodo.kodo("deploy");

    assertThat(deployed.exitCode()).isEqualTo(1);
    assertThat(deployed.output())
        .contains("refused", "Task_CheckFacts", "The field 'question'", "Fill it in");
  }

  @Test
  @Order(2)
  void deploysWhatModelerSaved() throws IOException {
    Files.copy(SAVED_BY_MODELER, diagram, java.nio.file.StandardCopyOption.REPLACE_EXISTING);

    assertThat(kodo.kodo("deploy", "--dry-run").output()).contains("changed    activity.bpmn");
    assertThat(kodo.kodo("deploy").output()).contains("deployed   activity.bpmn (version 2)");
  }

  @Test
  @Order(3)
  void checksTheFactsInTheNextBeat() {
    beatOnce();

    JsonNode beat = story.beats().getLast();
    String id = beat.get("heartbeatId").asText();
    assertThat(beat.get("activity").asText()).isEqualTo("create");
    assertThat(beat.get("outcome").asText()).isEqualTo("closed");
    String check = only(".*/" + id + "_fact-check\\.md");
    assertThat(story.read(check))
        .contains("rehearsal: true", "choice: cannot say", "task: Task_CheckFacts")
        .contains("Go through the claims of the piece one by one.", "Nothing was judged here");
    assertThat(beat.get("artifactPath").asText()).isNotEqualTo(check);
    assertThat(story.read(only(".*/histories/" + id + "\\.md")))
        .contains("Fact check (cannot say): ", "`" + check + "`", "model_calls: 3");
  }

  @Test
  @Order(4)
  void drawsWhatRan() throws IOException {
    Path picture = folder.resolve("activity.svg");

    assertThat(kodo.kodo("diagram", "activity", "-o", picture.toString()).exitCode()).isZero();

    assertThat(Files.readString(picture)).contains("Check facts");
    assertThat(kodo.kodo("diagram", "activity", "--json").output()).contains("Task_CheckFacts");
  }

  @Test
  @Order(5)
  void goesBackToTheShippedDiagram() throws IOException {
    Files.copy(
        Installation.REPOSITORY.resolve("processes/activity.bpmn"),
        diagram,
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);

    assertThat(kodo.kodo("deploy").output()).contains("deployed   activity.bpmn (version 3)");
    beatOnce();

    JsonNode beat = story.beats().getLast();
    assertThat(beat.get("outcome").asText()).isEqualTo("closed");
  }

  private static String only(String pattern) {
    List<String> found = story.files().stream().filter(file -> file.matches(pattern)).toList();
    assertThat(found).as("files like %s", pattern).hasSize(1);
    return found.getFirst();
  }

  private static void beatOnce() {
    int before = story.beats().size();
    await("the pacemaker waits").atMost(PATIENCE).until(() -> kodo.kodo("beat").exitCode() == 0);
    await("the beat ends").atMost(PATIENCE).until(() -> story.beats().size() > before);
  }
}
