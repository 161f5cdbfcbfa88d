package dev.kodo.kernel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kodo.kernel.home.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiagramCommandTest {
  private static final Path FILE =
      Path.of("..", "processes", "theme-end.bpmn").toAbsolutePath().normalize();

  @TempDir Path home;
  @TempDir Path elsewhere;
  private Path picture;

  @BeforeEach
  void name() {
    picture = elsewhere.resolve("picture.svg");
  }

  @Test
  void drawsWhereTheTokensStand() throws IOException {
    try (RunningHome running = new RunningHome(home)) {
      running.answers.put("GET /api/diagrams/theme-end", told().toString());

      CommandRun run =
          CommandRun.of(home, "diagram", "theme-end", "--instance", "77", "-o", picture.toString());

      assertThat(run.err()).isEmpty();
      assertThat(run.out())
          .contains(
              "Wrote " + picture,
              "1 at Summarize theme (Task_SummarizeTheme), 1 stuck",
              "2 at Task_OfAnOlderDiagram, of another version",
              "Instance 77 of version 3, active since 2026-11-21T10:00:00Z, agent main",
              "It waits for: kodo diagram child --instance 78");
      assertThat(Files.readString(picture)).contains("#d1242f", "Summarize");
    }
  }

  @Test
  void printsTheNumbersForMachines() throws IOException {
    try (RunningHome running = new RunningHome(home)) {
      running.answers.put("GET /api/diagrams/theme-end", told().toString());

      CommandRun run = CommandRun.of(home, "diagram", "theme-end", "--json");

      assertThat(run.exit()).isZero();
      assertThat(Json.parse(run.out()).at("/elements/0/tokens").asInt()).isEqualTo(1);
      assertThat(run.out()).doesNotContain("definitions");
      assertThat(picture).doesNotExist();
    }
  }

  @Test
  void drawsTheFileWhileNothingRunsAndSaysSo() throws IOException {
    CommandRun run = CommandRun.of(home, "diagram", "theme-end", "-o", picture.toString());

    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("Kodo does not run", "theme-end.bpmn", "without tokens");
    assertThat(Files.readString(picture)).startsWith("<?xml").endsWith("</svg>\n");
  }

  @Test
  void writesAFileOfOnesOwnToStandardOutput() {
    CommandRun run = CommandRun.of(home, "diagram", FILE.toString(), "-o", "-");

    assertThat(run.exit()).isZero();
    assertThat(run.out()).startsWith("<?xml").endsWith("</svg>\n");
  }

  @Test
  void paintsDotsWhenTheNameSaysSo() throws IOException {
    Path png = elsewhere.resolve("picture.png");

    assertThat(CommandRun.of(home, "diagram", FILE.toString(), "-o", png.toString()).exit())
        .isZero();
    assertThat(Files.readAllBytes(png)).startsWith(0x89, 'P', 'N', 'G');
  }

  @Test
  void refusesWhatItCannotDrawWithANextStep() throws IOException {
    CommandRun unknown = CommandRun.of(home, "diagram", "heartbaet");
    assertThat(unknown.exit()).isEqualTo(2);
    assertThat(unknown.err()).contains("heartbaet", "heartbeat", "pacemaker", "DIAGRAM_UNREADABLE");

    CommandRun instance = CommandRun.of(home, "diagram", "heartbeat", "--instance", "latest");
    assertThat(instance.exit()).isEqualTo(4);
    assertThat(instance.err()).contains("kodo up");

    CommandRun format = CommandRun.of(home, "diagram", "heartbeat", "-o", "x.pdf");
    assertThat(format.exit()).isEqualTo(2);
    assertThat(format.err()).contains("x.pdf", ".svg");

    CommandRun both = CommandRun.of(home, "diagram", FILE.toString(), "--json", "-o", "-");
    assertThat(both.exit()).isEqualTo(2);
    assertThat(both.out()).isEmpty();

    Path broken =
        Files.writeString(elsewhere.resolve("broken.bpmn"), "<a>", StandardCharsets.UTF_8);
    CommandRun read = CommandRun.of(home, "diagram", broken.toString(), "-o", picture.toString());
    assertThat(read.exit()).isEqualTo(2);
    assertThat(read.err()).contains("Could not draw broken", "Modeler");
    assertThat(picture).doesNotExist();
  }

  private static ObjectNode told() throws IOException {
    ObjectNode told = Json.object();
    told.put("processId", "theme-end").put("version", 3).put("bpmn", Files.readString(FILE));
    told.putObject("instance")
        .put("key", 77)
        .put("state", "active")
        .put("startedAt", "2026-11-21T10:00:00Z")
        .put("agentId", "main");
    told.putArray("called").addObject().put("processId", "child").put("key", 78);
    told.putArray("instances");
    var elements = told.putArray("elements");
    elements
        .addObject()
        .put("id", "Task_SummarizeTheme")
        .put("tokens", 1)
        .put("incidents", 1)
        .put("completed", 0);
    elements
        .addObject()
        .put("id", "Task_OfAnOlderDiagram")
        .put("tokens", 2)
        .put("incidents", 0)
        .put("completed", 0);
    return told;
  }
}
