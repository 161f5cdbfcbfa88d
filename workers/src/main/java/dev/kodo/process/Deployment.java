package dev.kodo.process;

import dev.kodo.config.KodoProperties;
import dev.kodo.process.lint.DiagramLint;
import dev.kodo.process.lint.Finding;
import dev.kodo.process.lint.Wiring;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.response.DeploymentEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Brings the files of {@code processes/} and {@code forms/} into the engine. At start only what the
 * engine does not know from Kodo yet; a changed file goes in only when a person says {@code kodo
 * deploy}. So a diagram that somebody deployed from Modeler is never overwritten by a restart.
 */
@Component
public class Deployment {
  private static final List<String> EXTENSIONS = List.of(".bpmn", ".dmn", ".form");

  private final CamundaClient client;
  private final DeployedResources deployed;
  private final DeclaredWiring wiring;
  private final KodoProperties properties;

  Deployment(
      CamundaClient client,
      DeployedResources deployed,
      DeclaredWiring wiring,
      KodoProperties properties) {
    this.client = client;
    this.deployed = deployed;
    this.wiring = wiring;
    this.properties = properties;
  }

  /** Deploys the files that this engine does not know from Kodo yet. */
  public List<DeploymentResult> deployUnknown() {
    List<Resource> unknown =
        local().stream()
            .filter(file -> deployed.lastHash(properties.engineId(), file.name()).isEmpty())
            .toList();
    return deploy(unknown, false);
  }

  /** Deploys the files that changed since Kodo deployed them last, in one request. */
  public List<DeploymentResult> deployChanged(boolean dryRun) {
    List<DeploymentResult> results = new ArrayList<>();
    List<Resource> changed = new ArrayList<>();
    for (Resource file : local()) {
      if (isUnchanged(file)) {
        results.add(
            new DeploymentResult(file.name(), DeploymentResult.Kind.UNCHANGED, 0, List.of()));
      } else {
        changed.add(file);
      }
    }
    results.addAll(deploy(changed, dryRun));
    return results;
  }

  /** Names of the files that differ from what Kodo deployed last. */
  public List<String> changedLocally() {
    return local().stream().filter(file -> !isUnchanged(file)).map(Resource::name).toList();
  }

  public int fileCount() {
    return local().size();
  }

  private List<DeploymentResult> deploy(List<Resource> files, boolean dryRun) {
    if (files.isEmpty()) {
      return List.of();
    }
    Map<String, List<String>> problems = problems(files);
    boolean refused = problems.values().stream().anyMatch(list -> !list.isEmpty());
    if (refused || dryRun) {
      // One bad file refuses the whole set: diagrams call each other and only make sense together.
      return files.stream()
          .map(
              file ->
                  new DeploymentResult(
                      file.name(),
                      kind(problems, file),
                      0,
                      problems.getOrDefault(file.name(), List.of())))
          .toList();
    }
    Map<String, Integer> versions = send(files);
    files.forEach(
        file ->
            deployed.record(properties.engineId(), file, versions.getOrDefault(file.name(), 0)));
    return files.stream()
        .map(
            file ->
                new DeploymentResult(
                    file.name(),
                    DeploymentResult.Kind.DEPLOYED,
                    versions.getOrDefault(file.name(), 0),
                    List.of()))
        .toList();
  }

  private static DeploymentResult.Kind kind(Map<String, List<String>> problems, Resource file) {
    return problems.getOrDefault(file.name(), List.of()).isEmpty()
        ? DeploymentResult.Kind.CHANGED
        : DeploymentResult.Kind.REFUSED;
  }

  /**
   * What speaks against deploying: findings of the diagram checks, and the daily quota on versions.
   */
  private Map<String, List<String>> problems(List<Resource> files) {
    Map<String, List<String>> problems = new HashMap<>();
    for (Finding finding : DiagramLint.check(processes(), forms(), declared())) {
      if (finding.refuses()) {
        problems.computeIfAbsent(finding.file(), file -> new ArrayList<>()).add(finding.toString());
      }
    }
    int quota = properties.process().dailyVersionQuota();
    for (Resource file : files) {
      if (deployed.deployedInLastDay(properties.engineId(), file.name()) >= quota) {
        problems
            .computeIfAbsent(file.name(), name -> new ArrayList<>())
            .add(
                "%s was deployed %d times within a day, which is the limit; wait, or raise process.daily-version-quota."
                    .formatted(file.name(), quota));
      }
    }
    return problems;
  }

  private Wiring declared() {
    Map<String, Set<String>> errors = new HashMap<>();
    wiring
        .errorsByJobType()
        .forEach(
            (type, codes) ->
                errors.put(type, codes.stream().map(Enum::name).collect(Collectors.toSet())));
    return new Wiring(errors, MessageName.ALL);
  }

  private Map<String, Integer> send(List<Resource> files) {
    var first = files.getFirst();
    var command = client.newDeployResourceCommand().addResourceBytes(first.bytes(), first.name());
    for (Resource file : files.subList(1, files.size())) {
      command = command.addResourceBytes(file.bytes(), file.name());
    }
    DeploymentEvent event = command.send().join();
    Map<String, Integer> versions = new HashMap<>();
    event
        .getProcesses()
        .forEach(process -> versions.put(process.getResourceName(), process.getVersion()));
    event
        .getDecisionRequirements()
        .forEach(table -> versions.put(table.getResourceName(), table.getVersion()));
    event.getForm().forEach(form -> versions.put(form.getResourceName(), form.getVersion()));
    return versions;
  }

  private boolean isUnchanged(Resource file) {
    return deployed
        .lastHash(properties.engineId(), file.name())
        .filter(file.sha256()::equals)
        .isPresent();
  }

  private List<Resource> local() {
    return Stream.of(processes(), forms()).flatMap(folder -> files(folder).stream()).toList();
  }

  private static List<Resource> files(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(file -> EXTENSIONS.stream().anyMatch(file.getFileName().toString()::endsWith))
          .sorted()
          .map(Deployment::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Expected the diagrams in " + folder + " but could not read it.", e);
    }
  }

  private static Resource read(Path file) {
    try {
      return new Resource(
          file.getFileName().toString(),
          new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read " + file, e);
    }
  }

  private Path processes() {
    return properties.installation().resolve("processes");
  }

  private Path forms() {
    return properties.installation().resolve("forms");
  }
}
