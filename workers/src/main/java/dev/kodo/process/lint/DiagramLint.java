package dev.kodo.process.lint;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Checks all diagrams, decisions and forms of an installation against each other and the body. */
public final class DiagramLint {
  private DiagramLint() {}

  /**
   * Reads every {@code .bpmn} and {@code .dmn} file of {@code processes} and every {@code .form}
   * file of {@code forms}; sub-folders are left alone. Never throws for what it finds in the files:
   * garbage is a finding too.
   *
   * @return the findings, by file and element; empty when all is well
   */
  public static List<Finding> check(Path processes, Path forms, Wiring wiring) {
    return check(processes, forms, wiring, ModelReader.FRESH);
  }

  static List<Finding> check(Path processes, Path forms, Wiring wiring, ModelReader models) {
    List<Finding> findings = new ArrayList<>();
    Library library = Library.read(processes, forms, findings::add, models);
    List<DiagramRule> rules =
        List.of(
            new NameRules(),
            new EngineRules(),
            new CallRules(library),
            new UserTaskRules(library),
            new GatewayRules(),
            new DrawingRules(),
            new WiringRules(wiring),
            new ErrorRules(library, wiring));
    library
        .diagrams()
        .forEach(diagram -> rules.forEach(rule -> findings.addAll(rule.check(diagram))));
    findings.addAll(new UnusedRules(wiring).check(library));
    findings.sort(
        Comparator.comparing(Finding::file)
            .thenComparing(Finding::element)
            .thenComparing(Finding::rule));
    return List.copyOf(findings);
  }
}
