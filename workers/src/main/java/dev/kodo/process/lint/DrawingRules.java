package dev.kodo.process.lint;

import io.camunda.zeebe.model.bpmn.instance.BaseElement;
import io.camunda.zeebe.model.bpmn.instance.bpmndi.BpmnEdge;
import io.camunda.zeebe.model.bpmn.instance.bpmndi.BpmnShape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Everything is drawn, with right angles, and nothing crosses. */
final class DrawingRules implements DiagramRule {
  @Override
  public List<Finding> check(Diagram diagram) {
    List<Finding> findings = new ArrayList<>();
    checkDrawn(diagram, findings);
    Drawing drawing = Drawing.of(diagram);
    drawing.lines().stream()
        .filter(Drawing.Line::isSlanted)
        .map(Drawing.Line::flow)
        .distinct()
        .forEach(
            flow ->
                findings.add(
                    diagram.finding(
                        flow, Rule.TIDY, "The line is slanted. Draw it with right angles.")));
    for (Drawing.Line line : drawing.lines()) {
      drawing.lines().stream()
          .filter(other -> line.flow().compareTo(other.flow()) < 0 && line.crosses(other))
          .forEach(
              other ->
                  findings.add(
                      diagram.finding(
                          line.flow(), Rule.TIDY, "It crosses %s.".formatted(other.flow()))));
      drawing.labels().stream()
          .filter(label -> line.runsThrough(label))
          .forEach(
              label ->
                  findings.add(
                      diagram.finding(
                          line.flow(),
                          Rule.TIDY,
                          "It runs through the label of %s.".formatted(label.element()))));
      drawing.shapes().stream()
          .filter(shape -> line.runsThrough(shape))
          .forEach(
              shape ->
                  findings.add(
                      diagram.finding(
                          line.flow(),
                          Rule.TIDY,
                          "It runs through %s.".formatted(shape.element()))));
    }
    return findings.stream().distinct().toList();
  }

  private static void checkDrawn(Diagram diagram, List<Finding> findings) {
    Set<BaseElement> drawn = new HashSet<>();
    diagram.all(BpmnShape.class).forEach(shape -> drawn.add(shape.getBpmnElement()));
    diagram.all(BpmnEdge.class).forEach(edge -> drawn.add(edge.getBpmnElement()));
    Stream.concat(diagram.nodes().stream(), diagram.flows().stream())
        .filter(element -> !drawn.contains(element))
        .forEach(
            element ->
                findings.add(
                    diagram.finding(
                        element,
                        Rule.DRAWN,
                        "It has no place in the picture. Draw it in Modeler.")));
  }
}
