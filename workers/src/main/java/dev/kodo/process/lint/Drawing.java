package dev.kodo.process.lint;

import io.camunda.zeebe.model.bpmn.instance.FlowNode;
import io.camunda.zeebe.model.bpmn.instance.SequenceFlow;
import io.camunda.zeebe.model.bpmn.instance.SubProcess;
import io.camunda.zeebe.model.bpmn.instance.bpmndi.BpmnEdge;
import io.camunda.zeebe.model.bpmn.instance.bpmndi.BpmnLabel;
import io.camunda.zeebe.model.bpmn.instance.bpmndi.BpmnShape;
import io.camunda.zeebe.model.bpmn.instance.dc.Bounds;
import io.camunda.zeebe.model.bpmn.instance.di.Waypoint;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The picture of one diagram as lines and boxes, in pixels. */
record Drawing(List<Line> lines, List<Box> labels, List<Box> shapes) {
  /** Rounding in a saved diagram is below this. */
  private static final double SLACK = 1.0;

  /** A label, or the shape of a flow node; not of a sub-process, which holds lines itself. */
  record Box(String element, double left, double top, double right, double bottom) {
    static Box of(String element, Bounds bounds) {
      return new Box(
          element,
          bounds.getX() + SLACK,
          bounds.getY() + SLACK,
          bounds.getX() + bounds.getWidth() - SLACK,
          bounds.getY() + bounds.getHeight() - SLACK);
    }
  }

  /** One straight piece of a sequence flow, with its ends ordered. */
  record Line(String flow, double left, double top, double right, double bottom) {
    static Line of(String flow, Waypoint a, Waypoint b) {
      return new Line(
          flow,
          Math.min(a.getX(), b.getX()),
          Math.min(a.getY(), b.getY()),
          Math.max(a.getX(), b.getX()),
          Math.max(a.getY(), b.getY()));
    }

    boolean isSlanted() {
      return right - left > SLACK && bottom - top > SLACK;
    }

    /** Whether the two pass each other in mid-line; lines that meet at an end only join. */
    boolean crosses(Line other) {
      return passes(other) || other.passes(this);
    }

    private boolean passes(Line upright) {
      return left + SLACK < upright.left
          && upright.right < right - SLACK
          && upright.top + SLACK < top
          && bottom < upright.bottom - SLACK;
    }

    boolean runsThrough(Box box) {
      return left < box.right && right > box.left && top < box.bottom && bottom > box.top;
    }
  }

  static Drawing of(Diagram diagram) {
    List<Line> lines = new ArrayList<>();
    List<Box> labels = new ArrayList<>();
    List<Box> shapes = new ArrayList<>();
    for (BpmnEdge edge : diagram.all(BpmnEdge.class)) {
      if (edge.getBpmnElement() instanceof SequenceFlow flow) {
        addLines(flow.getId(), List.copyOf(edge.getWaypoints()), lines);
        addLabel(flow.getId(), edge.getBpmnLabel(), labels);
      }
    }
    for (BpmnShape shape : diagram.all(BpmnShape.class)) {
      if (shape.getBpmnElement() instanceof FlowNode node && shape.getBounds() != null) {
        if (!(node instanceof SubProcess)) {
          shapes.add(Box.of(node.getId(), shape.getBounds()));
        }
        addLabel(node.getId(), shape.getBpmnLabel(), labels);
      }
    }
    return new Drawing(lines, labels, shapes);
  }

  private static void addLines(String flow, List<Waypoint> points, List<Line> lines) {
    for (int i = 1; i < points.size(); i++) {
      lines.add(Line.of(flow, points.get(i - 1), points.get(i)));
    }
  }

  private static void addLabel(String element, @Nullable BpmnLabel label, List<Box> labels) {
    if (label != null && label.getBounds() != null) {
      labels.add(Box.of(element, label.getBounds()));
    }
  }
}
