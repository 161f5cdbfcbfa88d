package dev.kodo.kernel.diagram;

import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Optional;

/**
 * A BPMN diagram as it is drawn. All lengths are those of the file, in pixels.
 *
 * @param nodes those that hold others first
 */
public record BpmnDiagram(String processId, List<Node> nodes, List<Line> lines) {
  public BpmnDiagram {
    nodes = List.copyOf(nodes);
    lines = List.copyOf(lines);
  }

  /** What stands in the place of a symbol of BPMN. */
  public enum Kind {
    START_EVENT,
    END_EVENT,
    CATCH_EVENT,
    THROW_EVENT,
    TASK,
    CALL_ACTIVITY,
    SUB_PROCESS,
    EVENT_SUB_PROCESS,
    GATEWAY,
    NOTE,
    OTHER;

    boolean isEvent() {
      return this == START_EVENT || this == END_EVENT || this == CATCH_EVENT || this == THROW_EVENT;
    }
  }

  /**
   * A symbol.
   *
   * @param detail the BPMN name of what it is or waits for, such as {@code timer}, {@code
   *     serviceTask} or {@code exclusiveGateway}; empty for a plain one
   * @param interrupts whether an event ends what it happens to; its rim is dashed otherwise
   * @param collapsed whether a sub-process hides what it holds
   * @param repeats whether it runs once for each of several things
   * @param label where its name stands when that is outside
   */
  public record Node(
      String id,
      Kind kind,
      String detail,
      String name,
      boolean interrupts,
      boolean collapsed,
      boolean repeats,
      Rectangle2D bounds,
      Optional<Rectangle2D> label) {}

  /**
   * A sequence flow, or the line to a note.
   *
   * @param usual whether it is the default of its gateway
   */
  public record Line(
      String id,
      String name,
      boolean flow,
      boolean usual,
      List<Point2D> points,
      Optional<Rectangle2D> label) {
    public Line {
      points = List.copyOf(points);
    }
  }
}
