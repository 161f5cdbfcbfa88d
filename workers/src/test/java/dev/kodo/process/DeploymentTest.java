package dev.kodo.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kodo.process.scenario.ProjectFiles;
import dev.kodo.testing.SettableClock;
import dev.kodo.testing.TestDatabase;
import dev.kodo.testing.TestProperties;
import io.camunda.client.CamundaClient;
import io.camunda.zeebe.process.test.api.ZeebeTestEngine;
import io.camunda.zeebe.process.test.engine.EngineFactory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One engine for all: it knows files from before, so versions are told from where a test begins.
 */
@Tag("slow")
class DeploymentTest {
  private static final ZeebeTestEngine ENGINE = EngineFactory.create();
  private static CamundaClient client;

  @TempDir Path installation;
  private final SettableClock clock = new SettableClock("2026-01-31T09:30:00Z");
  private final TestDatabase database = TestDatabase.fresh().withEngineRecords();
  private String view = "none";

  @BeforeAll
  static void start() {
    ENGINE.start();
    client =
        CamundaClient.newClientBuilder()
            .grpcAddress(URI.create("http://" + ENGINE.getGatewayAddress()))
            .preferRestOverGrpc(false)
            .defaultRequestTimeout(Duration.ofMinutes(1))
            .build();
  }

  @BeforeEach
  void install() throws IOException {
    Files.createDirectories(installation.resolve("processes"));
    Files.createDirectories(installation.resolve("forms"));
    for (Path file : ProjectFiles.resources()) {
      String folder = file.toString().endsWith(".form") ? "forms" : "processes";
      Files.copy(file, installation.resolve(folder).resolve(file.getFileName()));
    }
  }

  @AfterAll
  static void stop() {
    client.close();
    ENGINE.stop();
  }

  @Test
  void deploysEverythingOnceAndThenOnlyWhatAPersonAsksFor() throws IOException {
    List<DeploymentResult> first = deployment(50).deployUnknown();
    assertThat(first)
        .isNotEmpty()
        .allSatisfy(result -> assertThat(result.kind()).isEqualTo(DeploymentResult.Kind.DEPLOYED));
    assertThat(deployment(50).deployUnknown()).as("after a restart").isEmpty();

    edit("theme-end.bpmn");
    assertThat(deployment(50).changedLocally()).containsExactly("theme-end.bpmn");
    assertThat(deployment(50).deployUnknown()).as("a restart deploys no change").isEmpty();
    assertThat(changed(deployment(50), true)).containsExactly("theme-end.bpmn CHANGED 0");

    clock.advance(Duration.ofMinutes(1));
    assertThat(changed(deployment(50), false))
        .containsExactly("theme-end.bpmn DEPLOYED " + (version(first, "theme-end.bpmn") + 1));
    assertThat(changed(deployment(50), false))
        .as("identical files are not deployed again")
        .isEmpty();
  }

  @Test
  void leavesADiagramAloneThatSomebodyDeployedFromModeler() throws IOException {
    int before = version(deployment(50).deployUnknown(), "theme-end.bpmn");
    Path file = installation.resolve("processes/theme-end.bpmn");
    String edited = Files.readString(file).replace("Summarize theme", "Summarize theme by hand");
    client.newDeployResourceCommand().addResourceStringUtf8(edited, "theme-end.bpmn").send().join();

    deployment(50).deployUnknown();

    int latest =
        client
            .newCreateInstanceCommand()
            .bpmnProcessId("theme-end")
            .latestVersion()
            .variables(Map.of("agentId", "main", "heartbeatId", "20260131093000", "themeId", "t"))
            .send()
            .join()
            .getVersion();
    assertThat(latest).isEqualTo(before + 1);
  }

  @Test
  void tellsWhichChangedDiagramSomebodyDeployedPastKodo() throws IOException {
    int version = version(deployment(50).deployUnknown(), "theme-end.bpmn");
    int other = version(deployment(50).deployChanged(true), "activity.bpmn");
    edit("theme-end.bpmn");
    edit("activity.bpmn");
    RecordedProcesses engine = new RecordedProcesses(database);
    engine.definition("test-engine", 1, "theme-end", version + 1);
    engine.definition("test-engine", 2, "activity", other);
    engine.definition("test-engine", 3, "heartbeat", 99);
    List<String> changed = deployment(50).changedLocally();

    assertThat(deployment(50).deployedByOthers(changed)).as("without records").isEmpty();
    view = "records";
    assertThat(deployment(50).deployedByOthers(changed)).containsExactly("theme-end.bpmn");
  }

  @Test
  void refusesADiagramThatTheEngineOrTheBodyCouldNotRun() throws IOException {
    deployment(50).deployUnknown();
    Path file = installation.resolve("processes/theme-end.bpmn");
    Files.writeString(
        file,
        Files.readString(file).replace("type=\"theme-record-end\"", "type=\"no-such-worker\""));

    List<DeploymentResult> results = deployment(50).deployChanged(false);

    assertThat(results)
        .filteredOn(result -> result.kind() == DeploymentResult.Kind.REFUSED)
        .singleElement()
        .satisfies(
            result -> {
              assertThat(result.resource()).isEqualTo("theme-end.bpmn");
              assertThat(result.problems()).anyMatch(problem -> problem.contains("no-such-worker"));
            });
  }

  @Test
  void tellsWhatTheEngineItselfRefusesAndKeepsRunningOnTheOldDiagram() throws IOException {
    deployment(50).deployUnknown();
    Path file = installation.resolve("processes/activity.bpmn");
    Files.writeString(
        file, Files.readString(file).replaceFirst("source=\"=agentId\"", "source=\"=1 +\""));

    List<DeploymentResult> results = deployment(50).deployChanged(false);

    assertThat(results)
        .filteredOn(result -> result.resource().equals("activity.bpmn"))
        .singleElement()
        .satisfies(
            result -> {
              assertThat(result.kind()).isEqualTo(DeploymentResult.Kind.REFUSED);
              assertThat(result.problems())
                  .singleElement()
                  .asString()
                  .startsWith("The engine refused it")
                  .contains("activity.bpmn");
            });
    assertThat(deployment(50).changedLocally()).containsExactly("activity.bpmn");
  }

  @Test
  void tellsTheVersionOfAFileThatDidNotChange() {
    List<DeploymentResult> first = deployment(50).deployUnknown();

    assertThat(deployment(50).deployChanged(false))
        .hasSameSizeAs(first)
        .allSatisfy(
            result -> {
              assertThat(result.kind()).isEqualTo(DeploymentResult.Kind.UNCHANGED);
              assertThat(result.version()).isPositive();
              assertThat(result.version()).isEqualTo(version(first, result.resource()));
            });
  }

  @Test
  void tellsARefusalAlsoWhenTheFindingLiesInAnUnchangedFile() throws IOException {
    deployment(50).deployUnknown();
    edit("theme-end.bpmn");
    // theme-start.bpmn is as it was deployed; its worker is what went missing.
    Deployment withoutWorker =
        deployment(
            50,
            () -> {
              Map<String, Set<ErrorCode>> types = new HashMap<>(KNOWN.errorsByJobType());
              types.remove("theme-pick");
              return types;
            });

    for (boolean dryRun : new boolean[] {true, false}) {
      List<DeploymentResult> results = withoutWorker.deployChanged(dryRun);

      assertThat(results)
          .filteredOn(result -> result.kind() == DeploymentResult.Kind.REFUSED)
          .extracting(DeploymentResult::resource)
          .contains("theme-end.bpmn", "theme-start.bpmn");
      assertThat(results).extracting(DeploymentResult::resource).doesNotHaveDuplicates();
      assertThat(results)
          .filteredOn(result -> result.resource().equals("theme-start.bpmn"))
          .flatExtracting(DeploymentResult::problems)
          .anyMatch(problem -> String.valueOf(problem).contains("theme-pick"));
    }
    assertThat(deployment(50).changedLocally()).containsExactly("theme-end.bpmn");
  }

  @Test
  void refusesMoreVersionsInADayThanTheQuota() throws IOException {
    Deployment deployment = deployment(1);
    int before = version(deployment.deployUnknown(), "theme-end.bpmn");
    edit("theme-end.bpmn");

    assertThat(changed(deployment, false)).containsExactly("theme-end.bpmn REFUSED 0");
    clock.advance(Duration.ofDays(1).plusSeconds(1));
    assertThat(changed(deployment, false))
        .containsExactly("theme-end.bpmn DEPLOYED " + (before + 1));
  }

  private static int version(List<DeploymentResult> results, String file) {
    return results.stream()
        .filter(result -> result.resource().equals(file))
        .findFirst()
        .orElseThrow()
        .version();
  }

  private static List<String> changed(Deployment deployment, boolean dryRun) {
    return deployment.deployChanged(dryRun).stream()
        .filter(result -> result.kind() != DeploymentResult.Kind.UNCHANGED)
        .map(result -> "%s %s %d".formatted(result.resource(), result.kind(), result.version()))
        .toList();
  }

  private void edit(String name) throws IOException {
    Path file = installation.resolve("processes").resolve(name);
    Files.writeString(
        file,
        Files.readString(file)
            .replace(
                "</bpmn:process>", "<!-- edited in %s --></bpmn:process>".formatted(installation)));
  }

  private Deployment deployment(int quota) {
    return deployment(quota, KNOWN);
  }

  private Deployment deployment(int quota, DeclaredWiring wiring) {
    var properties =
        TestProperties.in(
            installation,
            Map.of(
                "kodo.installation", installation.toString(),
                "kodo.engine-view", view,
                "kodo.process.daily-version-quota", String.valueOf(quota)));
    return new Deployment(
        client,
        new DeployedResources(database.jdbc(), clock),
        wiring,
        new InstallationFiles(properties),
        new ProcessRecords(database.jdbc(), properties),
        properties);
  }

  /** The job types of the diagrams; which errors they throw does not matter here. */
  private static final DeclaredWiring KNOWN =
      () -> {
        Map<String, Set<ErrorCode>> types = new HashMap<>();
        for (Path file : ProjectFiles.resources()) {
          java.util.regex.Pattern.compile("taskDefinition type=\"([^\"]+)\"")
              .matcher(text(file))
              .results()
              .forEach(match -> types.put(match.group(1), Set.of()));
        }
        return types;
      };

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
