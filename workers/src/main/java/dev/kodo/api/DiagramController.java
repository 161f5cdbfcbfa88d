package dev.kodo.api;

import dev.kodo.process.ProcessRecords;
import dev.kodo.process.ProcessRecords.Definition;
import dev.kodo.process.ProcessRecords.Element;
import dev.kodo.process.ProcessRecords.Instance;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Diagrams as they run in the engine, with where their tokens stand. */
@RestController
@RequestMapping("/api/diagrams")
class DiagramController {
  private static final String LATEST = "latest";

  private final ProcessRecords records;

  DiagramController(ProcessRecords records) {
    this.records = records;
  }

  /**
   * @param instance the one that was asked for, or null for all of them
   * @param called what that instance called and waits for
   * @param instances instances of the process, those that run first
   */
  record Shown(
      String processId,
      int version,
      String bpmn,
      @Nullable Instance instance,
      List<Instance> called,
      List<Instance> instances,
      List<Element> elements) {}

  @GetMapping("/{processId}")
  Shown show(
      @PathVariable String processId, @RequestParam(required = false) @Nullable String instance) {
    if (!records.areKept()) {
      throw unknown(
          "ENGINE_UNSEEN",
          "Kodo keeps no records of this engine, so it cannot tell where its tokens stand.",
          "Look at it in Operate, or draw the file alone: kodo diagram FILE.bpmn");
    }
    Definition latest =
        records
            .latest(processId)
            .orElseThrow(
                () ->
                    unknown(
                        "PROCESS_UNKNOWN",
                        "The engine has no process '%s'.".formatted(processId),
                        "It has: %s.".formatted(String.join(", ", records.processIds()))));
    List<Instance> instances = records.instances(processId);
    if (instance == null) {
      return new Shown(
          processId,
          latest.version(),
          latest.bpmn(),
          null,
          List.of(),
          instances,
          records.elements(processId, null));
    }
    Instance chosen = find(processId, instance, instances);
    Definition definition = records.definition(chosen.definitionKey()).orElse(latest);
    return new Shown(
        processId,
        definition.version(),
        definition.bpmn(),
        chosen,
        records.calledBy(chosen.key()),
        instances,
        records.elements(processId, chosen.key()));
  }

  private Instance find(String processId, String wanted, List<Instance> instances) {
    if (wanted.equals(LATEST)) {
      return instances.stream()
          .findFirst()
          .orElseThrow(
              () ->
                  unknown(
                      "INSTANCE_UNKNOWN",
                      "There is no instance of '%s' yet.".formatted(processId),
                      "Draw the diagram without one, or try again when it has begun."));
    }
    if (!wanted.matches("\\d{1,18}")) {
      throw new RequestInvalid(
          "Expected the key of an instance or 'latest' but got '%s'.".formatted(wanted));
    }
    return records
        .instance(Long.parseLong(wanted))
        .filter(found -> found.processId().equals(processId))
        .orElseThrow(
            () ->
                unknown(
                    "INSTANCE_UNKNOWN",
                    "There is no instance %s of '%s'.".formatted(wanted, processId),
                    "See the instances with: kodo diagram " + processId));
  }

  private static DiagramUnknown unknown(String code, String message, String next) {
    return new DiagramUnknown(new ApiError(code, message, next));
  }
}
