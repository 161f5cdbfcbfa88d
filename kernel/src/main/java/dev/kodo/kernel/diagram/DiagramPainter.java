package dev.kodo.kernel.diagram;

import dev.kodo.kernel.diagram.BpmnDiagram.Kind;
import dev.kodo.kernel.diagram.BpmnDiagram.Line;
import dev.kodo.kernel.diagram.BpmnDiagram.Node;
import dev.kodo.kernel.diagram.Canvas.Style;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.util.List;

/** Draws a diagram as Modeler does, and where its tokens stand as Operate does. */
final class DiagramPainter {
  static final String INK = "#22242a";
  static final String PAPER = "#ffffff";
  private static final String TOKEN = "#10a35c";
  private static final String TOKEN_GROUND = "#e6f7ee";
  private static final String STUCK = "#d1242f";
  private static final String STUCK_GROUND = "#fdecec";
  private static final String DONE = "#6b7280";
  private static final double TEXT = 12;
  private static final double LINE_HEIGHT = 14.4;
  private static final double LABEL_TEXT = 11;
  private static final double LABEL_ROOM = 90;
  private static final double CORNER = 6;

  private final Canvas canvas;
  private final Progress progress;

  DiagramPainter(Canvas canvas, Progress progress) {
    this.canvas = canvas;
    this.progress = progress;
  }

  /** Everything that is drawn, with a margin in which numbers and labels have room. */
  static Rectangle2D view(BpmnDiagram diagram) {
    Rectangle2D view = (Rectangle2D) diagram.nodes().getFirst().bounds().clone();
    for (Node node : diagram.nodes()) {
      view.add(node.bounds());
      node.label().ifPresent(view::add);
    }
    for (Line line : diagram.lines()) {
      line.points().forEach(view::add);
      line.label().ifPresent(view::add);
    }
    double margin = 24;
    return new Rectangle2D.Double(
        view.getX() - margin,
        view.getY() - margin,
        view.getWidth() + 2 * margin,
        view.getHeight() + 2 * margin);
  }

  void paint(BpmnDiagram diagram) {
    canvas.draw(view(diagram), Style.solid(PAPER));
    diagram.nodes().stream().filter(node -> isGround(node.kind())).forEach(this::node);
    diagram.lines().forEach(this::line);
    diagram.nodes().stream().filter(node -> !isGround(node.kind())).forEach(this::node);
    diagram.nodes().forEach(this::numbers);
  }

  /** Other symbols lie on it. */
  private static boolean isGround(Kind kind) {
    return kind == Kind.SUB_PROCESS || kind == Kind.EVENT_SUB_PROCESS;
  }

  private void node(Node node) {
    canvas.begin(node.id(), node.name());
    Rectangle2D bounds = node.bounds();
    switch (node.kind()) {
      case START_EVENT, END_EVENT, CATCH_EVENT, THROW_EVENT -> event(node);
      case TASK -> {
        canvas.draw(rounded(bounds, 10), rim(node, 2));
        Symbols.task(canvas, node.detail(), bounds);
        Symbols.markers(canvas, false, node.repeats(), bounds);
        inside(node, bounds);
      }
      case CALL_ACTIVITY -> {
        canvas.draw(rounded(bounds, 10), rim(node, 5));
        Symbols.markers(canvas, true, node.repeats(), bounds);
        inside(node, bounds);
      }
      case SUB_PROCESS, EVENT_SUB_PROCESS -> subProcess(node);
      case GATEWAY -> {
        canvas.draw(diamond(bounds), rim(node, 2));
        Symbols.gateway(canvas, node.detail(), bounds);
        outside(node);
      }
      case NOTE -> {
        canvas.draw(bracket(bounds), Style.line(INK, 1.5));
        inside(node, bounds);
      }
      case OTHER -> {
        canvas.draw(bounds, rim(node, 1.5));
        outside(node);
      }
    }
  }

  private void event(Node node) {
    Rectangle2D bounds = node.bounds();
    Style rim = rim(node, node.kind() == Kind.END_EVENT ? 4 : 2);
    boolean twice = node.kind() == Kind.CATCH_EVENT || node.kind() == Kind.THROW_EVENT;
    Style drawn = node.interrupts() ? rim : rim.dashed(6, 4);
    canvas.draw(circle(bounds, 0), drawn);
    if (twice) {
      Style inner = Style.line(INK, 1.5);
      canvas.draw(circle(bounds, 3), node.interrupts() ? inner : inner.dashed(6, 4));
    }
    boolean thrown = node.kind() == Kind.END_EVENT || node.kind() == Kind.THROW_EVENT;
    Symbols.event(canvas, node.detail(), thrown, bounds);
    outside(node);
  }

  private void subProcess(Node node) {
    Rectangle2D bounds = node.bounds();
    Style rim = rim(node, 2);
    canvas.draw(
        rounded(bounds, 10), node.kind() == Kind.EVENT_SUB_PROCESS ? rim.dashed(1, 5) : rim);
    Symbols.markers(canvas, node.collapsed(), node.repeats(), bounds);
    if (node.collapsed()) {
      inside(node, bounds);
    } else {
      lines(
          TextLines.of(node.name(), bounds.getWidth() - 20, TEXT),
          bounds.getCenterX(),
          bounds.getY() + 7,
          TEXT);
    }
  }

  /** The rim tells where a token stands. */
  private Style rim(Node node, double width) {
    Progress.Element element = progress.of(node.id());
    if (element.incidents() > 0) {
      return Style.outline(STUCK, width + 1, STUCK_GROUND);
    }
    return element.tokens() > 0
        ? Style.outline(TOKEN, width + 1, isGround(node.kind()) ? PAPER : TOKEN_GROUND)
        : Style.outline(INK, width, PAPER);
  }

  private void line(Line line) {
    canvas.begin(line.id(), line.name());
    List<Point2D> points = line.points();
    Style style = Style.line(INK, line.flow() ? 1.8 : 1.4);
    canvas.draw(rounded(points), line.flow() ? style : style.dashed(1, 4));
    if (line.flow()) {
      canvas.draw(
          arrow(points.get(points.size() - 2), points.getLast()), Style.outline(INK, 1, INK));
    }
    if (line.usual()) {
      canvas.draw(stroke(points.get(0), points.get(1)), Style.line(INK, 1.8));
    }
    if (!line.name().isEmpty()) {
      Rectangle2D label = line.label().orElseGet(() -> middle(points));
      label(line.name(), label);
    }
  }

  private void inside(Node node, Rectangle2D bounds) {
    List<String> lines = TextLines.of(node.name(), bounds.getWidth() - 12, TEXT);
    double top = bounds.getCenterY() - lines.size() * LINE_HEIGHT / 2;
    lines(lines, bounds.getCenterX(), top, TEXT);
  }

  private void outside(Node node) {
    if (!node.name().isEmpty()) {
      Rectangle2D below =
          new Rectangle2D.Double(
              node.bounds().getX(), node.bounds().getMaxY() + 6, node.bounds().getWidth(), 14);
      label(node.name(), node.label().orElse(below));
    }
  }

  private void label(String text, Rectangle2D place) {
    double room = Math.max(place.getWidth(), LABEL_ROOM);
    lines(TextLines.of(text, room, LABEL_TEXT), place.getCenterX(), place.getY(), LABEL_TEXT);
  }

  private void lines(List<String> lines, double x, double top, double size) {
    double y = top + size;
    for (String line : lines) {
      canvas.text(line, x, y, size, INK);
      y += size * LINE_HEIGHT / TEXT;
    }
  }

  /**
   * Tokens to the lower left, stuck ones above, and to the right how often it was left: of an
   * activity above, where no boundary events sit.
   */
  private void numbers(Node node) {
    Progress.Element element = progress.of(node.id());
    Rectangle2D bounds = node.bounds();
    boolean small = node.kind().isEvent() || node.kind() == Kind.GATEWAY;
    double inset = small ? 0 : 6;
    canvas.begin(node.id() + "-numbers", "");
    if (element.tokens() > 0) {
      number(element.tokens(), bounds.getX() + inset, bounds.getMaxY() - inset / 2, TOKEN);
    }
    if (element.incidents() > 0) {
      number(element.incidents(), bounds.getX() + inset, bounds.getY() + inset / 2, STUCK);
    }
    if (element.completed() > 0) {
      double y = small ? bounds.getMaxY() : bounds.getY() + inset / 2;
      number(element.completed(), bounds.getMaxX() - inset, y, DONE);
    }
  }

  private void number(long number, double x, double y, String colour) {
    String text = Long.toString(number);
    double width = Math.max(18, TextLines.width(text, LABEL_TEXT) + 10);
    canvas.draw(
        new RoundRectangle2D.Double(x - width / 2, y - 9, width, 18, 18, 18),
        Style.outline(PAPER, 1.5, colour));
    canvas.text(text, x, y + 4, LABEL_TEXT, PAPER);
  }

  private static Shape circle(Rectangle2D bounds, double inset) {
    return new Ellipse2D.Double(
        bounds.getX() + inset,
        bounds.getY() + inset,
        bounds.getWidth() - 2 * inset,
        bounds.getHeight() - 2 * inset);
  }

  private static Shape rounded(Rectangle2D bounds, double radius) {
    return new RoundRectangle2D.Double(
        bounds.getX(),
        bounds.getY(),
        bounds.getWidth(),
        bounds.getHeight(),
        2 * radius,
        2 * radius);
  }

  private static Shape diamond(Rectangle2D bounds) {
    Path2D path = new Path2D.Double();
    path.moveTo(bounds.getCenterX(), bounds.getY());
    path.lineTo(bounds.getMaxX(), bounds.getCenterY());
    path.lineTo(bounds.getCenterX(), bounds.getMaxY());
    path.lineTo(bounds.getX(), bounds.getCenterY());
    path.closePath();
    return path;
  }

  private static Shape bracket(Rectangle2D bounds) {
    Path2D path = new Path2D.Double();
    path.moveTo(bounds.getX() + 10, bounds.getY());
    path.lineTo(bounds.getX(), bounds.getY());
    path.lineTo(bounds.getX(), bounds.getMaxY());
    path.lineTo(bounds.getX() + 10, bounds.getMaxY());
    return path;
  }

  /** A line with rounded corners that ends where its arrow begins. */
  private static Shape rounded(List<Point2D> points) {
    Path2D path = new Path2D.Double();
    path.moveTo(points.getFirst().getX(), points.getFirst().getY());
    for (int i = 1; i < points.size() - 1; i++) {
      Point2D corner = points.get(i);
      Point2D before = towards(corner, points.get(i - 1), CORNER);
      Point2D after = towards(corner, points.get(i + 1), CORNER);
      path.lineTo(before.getX(), before.getY());
      path.quadTo(corner.getX(), corner.getY(), after.getX(), after.getY());
    }
    path.lineTo(points.getLast().getX(), points.getLast().getY());
    return path;
  }

  /** The point at this distance from one on the way to another, at most half of the way. */
  private static Point2D towards(Point2D from, Point2D to, double distance) {
    double length = from.distance(to);
    double share = length == 0 ? 0 : Math.min(0.5, distance / length);
    return new Point2D.Double(
        from.getX() + (to.getX() - from.getX()) * share,
        from.getY() + (to.getY() - from.getY()) * share);
  }

  private static Shape arrow(Point2D from, Point2D tip) {
    double angle = Math.atan2(tip.getY() - from.getY(), tip.getX() - from.getX());
    Path2D head = new Path2D.Double();
    head.moveTo(tip.getX(), tip.getY());
    for (double side : new double[] {Math.PI - 0.4, Math.PI + 0.4}) {
      head.lineTo(
          tip.getX() + 10 * Math.cos(angle + side), tip.getY() + 10 * Math.sin(angle + side));
    }
    head.closePath();
    return head;
  }

  /** The stroke across the beginning of the default flow. */
  private static Shape stroke(Point2D from, Point2D to) {
    Point2D at = towards(from, to, 12);
    double angle = Math.atan2(to.getY() - from.getY(), to.getX() - from.getX()) + Math.PI / 3;
    Path2D stroke = new Path2D.Double();
    stroke.moveTo(at.getX() - 6 * Math.cos(angle), at.getY() - 6 * Math.sin(angle));
    stroke.lineTo(at.getX() + 6 * Math.cos(angle), at.getY() + 6 * Math.sin(angle));
    return stroke;
  }

  private static Rectangle2D middle(List<Point2D> points) {
    Point2D from = points.get((points.size() - 1) / 2);
    Point2D to = points.get((points.size() - 1) / 2 + 1);
    return new Rectangle2D.Double(
        (from.getX() + to.getX()) / 2, (from.getY() + to.getY()) / 2 - 16, 0, 14);
  }
}
