package dev.kodo.process;

import dev.kodo.config.KodoProperties;
import dev.kodo.process.lint.DiagramLint;
import dev.kodo.process.lint.Finding;
import dev.kodo.process.lint.Wiring;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.command.ClientException;
import io.camunda.client.api.command.ClientStatusException;
import io.camunda.client.api.command.FinalCommandStep;
import io.camunda.client.api.response.DeploymentEvent;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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
  private static final String DIAGRAM = ".bpmn";

  private final CamundaClient client;
  private final DeployedResources deployed;
  private final DeclaredWiring wiring;
  private final InstallationFiles files;
  private final ProcessRecords records;
  private final KodoProperties properties;

  Deployment(
      CamundaClient client,
      DeployedResources deployed,
      DeclaredWiring wiring,
      InstallationFiles files,
      ProcessRecords records,
      KodoProperties properties) {
    this.client = client;
    this.deployed = deployed;
    this.wiring = wiring;
    this.files = files;
    this.records = records;
    this.properties = properties;
  }

  /** Whether this engine has got any file from Kodo yet; without one, no agent can live in it. */
  public boolean hasDeployed() {
    return deployed.any(properties.engineId());
  }

  /** Deploys the files that this engine does not know from Kodo yet. */
  public List<DeploymentResult> deployUnknown() {
    List<Resource> unknown =
        files.read().stream()
            .filter(file -> deployed.lastHash(properties.engineId(), file.name()).isEmpty())
            .toList();
    return deploy(unknown, false);
  }

  /** Deploys the files that changed since Kodo deployed them last, in one request. */
  public List<DeploymentResult> deployChanged(boolean dryRun) {
    List<Resource> unchanged = new ArrayList<>();
    List<Resource> changed = new ArrayList<>();
    files.read().forEach(file -> (isUnchanged(file) ? unchanged : changed).add(file));
    List<DeploymentResult> deployments = deploy(changed, dryRun);
    Set<String> told =
        deployments.stream().map(DeploymentResult::resource).collect(Collectors.toSet());
    return Stream.concat(
            unchanged.stream()
                .filter(file -> !told.contains(file.name()))
                .map(file -> result(file, DeploymentResult.Kind.UNCHANGED, lastVersion(file))),
            deployments.stream())
        .toList();
  }

  /** Names of the files that differ from what Kodo deployed last. */
  public List<String> changedLocally() {
    return files.glance().stream().filter(file -> !isUnchanged(file)).map(Resource::name).toList();
  }

  /**
   * Those of {@link #changedLocally} of which the engine has a newer version than Kodo deployed: a
   * person deployed it, from Modeler, and {@code kodo deploy} would replace it. Only diagrams, and
   * only where the engine's records are kept; elsewhere nobody can tell.
   */
  public List<String> deployedByOthers(List<String> changed) {
    if (!records.areKept()) {
      return List.of();
    }
    return changed.stream()
        .filter(name -> name.endsWith(DIAGRAM))
        .filter(
            name ->
                records
                    .latest(name.substring(0, name.length() - DIAGRAM.length()))
                    .filter(
                        known ->
                            known.version() > deployed.lastVersion(properties.engineId(), name))
                    .isPresent())
        .toList();
  }

  public int fileCount() {
    return files.glance().size();
  }

  private List<DeploymentResult> deploy(List<Resource> given, boolean dryRun) {
    if (given.isEmpty()) {
      return List.of();
    }
    Map<String, List<String>> problems = problems(given);
    if (!problems.isEmpty()) {
      return refused(given, problems);
    }
    if (dryRun) {
      return given.stream().map(file -> result(file, DeploymentResult.Kind.CHANGED, 0)).toList();
    }
    Map<String, Integer> versions;
    try {
      versions = send(given);
    } catch (DeploymentRefused refused) {
      return refused(given, refused.problems(given));
    }
    given.forEach(
        file ->
            deployed.record(properties.engineId(), file, versions.getOrDefault(file.name(), 0)));
    return given.stream()
        .map(
            file ->
                result(file, DeploymentResult.Kind.DEPLOYED, versions.getOrDefault(file.name(), 0)))
        .toList();
  }

  /**
   * One bad file refuses the whole set: diagrams call each other and only make sense together. The
   * bad one may be a file that was not to be deployed; it is told too.
   */
  private static List<DeploymentResult> refused(
      List<Resource> given, Map<String, List<String>> problems) {
    Set<String> names = new LinkedHashSet<>();
    given.forEach(file -> names.add(file.name()));
    names.addAll(new TreeSet<>(problems.keySet()));
    return names.stream()
        .map(
            name ->
                new DeploymentResult(
                    name, DeploymentResult.Kind.REFUSED, 0, problems.getOrDefault(name, List.of())))
        .toList();
  }

  private static DeploymentResult result(Resource file, DeploymentResult.Kind kind, int version) {
    return new DeploymentResult(file.name(), kind, version, List.of());
  }

  /**
   * What speaks against deploying: findings of the diagram checks, and the daily quota on versions.
   */
  private Map<String, List<String>> problems(List<Resource> given) {
    Map<String, List<String>> problems = new HashMap<>();
    for (Finding finding : DiagramLint.check(files.processes(), files.forms(), declared())) {
      if (finding.refuses()) {
        problems.computeIfAbsent(finding.file(), file -> new ArrayList<>()).add(finding.toString());
      }
    }
    int quota = properties.process().dailyVersionQuota();
    for (Resource file : given) {
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
    return new Wiring(errors, MessageName.ALL, wiring.fieldsToFill());
  }

  private Map<String, Integer> send(List<Resource> given) {
    var first = given.getFirst();
    var command = client.newDeployResourceCommand().addResourceBytes(first.bytes(), first.name());
    for (Resource file : given.subList(1, given.size())) {
      command = command.addResourceBytes(file.bytes(), file.name());
    }
    DeploymentEvent event = sent(command);
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

  private int lastVersion(Resource file) {
    return deployed.lastVersion(properties.engineId(), file.name());
  }

  private boolean isUnchanged(Resource file) {
    return deployed
        .lastHash(properties.engineId(), file.name())
        .filter(file.sha256()::equals)
        .isPresent();
  }

  private static DeploymentEvent sent(FinalCommandStep<DeploymentEvent> command) {
    try {
      return command.send().join();
    } catch (ClientStatusException refused) {
      if (refused.getStatusCode() == Status.Code.INVALID_ARGUMENT) {
        throw new DeploymentRefused(refused);
      }
      throw new EngineUnavailable(refused);
    } catch (ClientException gone) {
      throw new EngineUnavailable(gone);
    }
  }
}
