package dev.kodo.kernel.diagram;

import dev.kodo.kernel.diagram.Canvas.Style;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Locale;
import java.util.Scanner;

/** The small signs inside events, tasks and gateways, after the BPMN standard. */
final class Symbols {
  private static final String INK = DiagramPainter.INK;
  private static final String PAPER = DiagramPainter.PAPER;

  private Symbols() {}

  /** A sign on a square of 20, and how it is drawn. */
  private record Sign(Shape shape, Style style) {}

  /**
   * Draws what an event waits for or causes.
   *
   * @param thrown whether it is caused: then the sign is filled
   */
  static void event(Canvas canvas, String detail, boolean thrown, Rectangle2D bounds) {
    draw(canvas, eventSign(detail, thrown), bounds, 0.25);
  }

  private static List<Sign> eventSign(String detail, boolean thrown) {
    Style usual = thrown ? Style.outline(INK, 1.2, INK) : Style.outline(INK, 1.2, PAPER);
    return switch (detail) {
      case "timer" ->
          List.of(
              new Sign(new Ellipse2D.Double(1, 1, 18, 18), Style.outline(INK, 1.2, PAPER)),
              new Sign(path("M 10 4 L 10 10 L 15 11"), Style.line(INK, 1.2)));
      case "message" ->
          List.of(
              new Sign(new Rectangle2D.Double(1, 4, 18, 13), usual),
              new Sign(path("M 1 4 L 10 11 L 19 4"), Style.line(thrown ? PAPER : INK, 1.2)));
      case "error" ->
          List.of(new Sign(path("M 2 18 L 7 4 L 12 11 L 18 2 L 13 17 L 8 10 Z"), usual));
      case "escalation" -> List.of(new Sign(path("M 10 2 L 17 18 L 10 12 L 3 18 Z"), usual));
      case "signal" -> List.of(new Sign(path("M 10 2 L 18 17 L 2 17 Z"), usual));
      case "compensate" ->
          List.of(new Sign(path("M 10 4 L 10 16 L 2 10 Z M 18 4 L 18 16 L 10 10 Z"), usual));
      case "link" ->
          List.of(new Sign(path("M 2 7 L 11 7 L 11 3 L 18 10 L 11 17 L 11 13 L 2 13 Z"), usual));
      case "conditional" ->
          List.of(
              new Sign(new Rectangle2D.Double(3, 1, 14, 18), usual),
              new Sign(path("M 5 5 L 15 5 M 5 10 L 15 10 M 5 15 L 15 15"), Style.line(INK, 1)));
      case "terminate" -> List.of(new Sign(new Ellipse2D.Double(1, 1, 18, 18), Style.solid(INK)));
      default -> List.of();
    };
  }

  /** Draws what kind of task it is, in its upper left corner. */
  static void task(Canvas canvas, String detail, Rectangle2D bounds) {
    Rectangle2D corner = new Rectangle2D.Double(bounds.getX() + 5, bounds.getY() + 5, 18, 18);
    draw(canvas, taskSign(detail), corner, 0);
  }

  private static List<Sign> taskSign(String detail) {
    Style outline = Style.outline(INK, 1, PAPER);
    return switch (detail) {
      case "serviceTask" ->
          List.of(
              new Sign(gear(8, 8, 7), outline),
              new Sign(new Ellipse2D.Double(5.5, 5.5, 5, 5), outline),
              new Sign(gear(14, 14, 5.5), outline),
              new Sign(new Ellipse2D.Double(12, 12, 4, 4), outline));
      case "userTask" ->
          List.of(
              new Sign(path("M 2 19 L 2 14 Q 3 11 7 10 L 13 10 Q 17 11 18 14 L 18 19 Z"), outline),
              new Sign(new Ellipse2D.Double(6, 1, 8, 10), outline));
      case "businessRuleTask" ->
          List.of(
              new Sign(new Rectangle2D.Double(0, 2, 20, 15), outline),
              new Sign(new Rectangle2D.Double(0, 2, 20, 4), Style.outline(INK, 1, INK)),
              new Sign(path("M 0 11 L 20 11 M 6 6 L 6 17"), Style.line(INK, 1)));
      case "scriptTask" ->
          List.of(
              new Sign(
                  path("M 5 1 L 18 1 Q 10 7 15 11 Q 18 15 13 19 L 1 19 Q 7 14 3 10 Q 0 5 5 1 Z"),
                  outline),
              new Sign(path("M 5 6 L 11 6 M 5 10 L 12 10 M 6 14 L 13 14"), Style.line(INK, 1)));
      case "sendTask" -> eventSign("message", true);
      case "receiveTask" -> eventSign("message", false);
      case "manualTask" ->
          List.of(
              new Sign(path("M 1 9 L 8 3 L 10 5 L 7 8 L 18 8 L 18 16 L 4 16 L 1 13 Z"), outline));
      default -> List.of();
    };
  }

  private static Shape gear(double x, double y, double radius) {
    Path2D gear = new Path2D.Double();
    int corners = 16;
    for (int i = 0; i < corners; i++) {
      double angle = Math.PI * 2 * i / corners;
      double reach = i % 4 < 2 ? radius : radius * 0.75;
      double atX = x + reach * Math.cos(angle);
      double atY = y + reach * Math.sin(angle);
      if (i == 0) {
        gear.moveTo(atX, atY);
      } else {
        gear.lineTo(atX, atY);
      }
    }
    gear.closePath();
    return gear;
  }

  static void gateway(Canvas canvas, String detail, Rectangle2D bounds) {
    draw(canvas, gatewaySign(detail), bounds, 0.28);
  }

  private static List<Sign> gatewaySign(String detail) {
    return switch (detail) {
      case "exclusiveGateway" ->
          List.of(new Sign(path("M 4 2 L 16 18 M 16 2 L 4 18"), Style.line(INK, 4)));
      case "parallelGateway" ->
          List.of(new Sign(path("M 10 0 L 10 20 M 0 10 L 20 10"), Style.line(INK, 4)));
      case "inclusiveGateway" ->
          List.of(new Sign(new Ellipse2D.Double(1, 1, 18, 18), Style.line(INK, 3)));
      case "complexGateway" ->
          List.of(
              new Sign(
                  path("M 10 0 L 10 20 M 0 10 L 20 10 M 3 3 L 17 17 M 17 3 L 3 17"),
                  Style.line(INK, 2.5)));
      case "eventBasedGateway" ->
          List.of(
              new Sign(new Ellipse2D.Double(-1, -1, 22, 22), Style.line(INK, 1)),
              new Sign(new Ellipse2D.Double(1, 1, 18, 18), Style.line(INK, 1)),
              new Sign(path("M 10 4 L 16 8.5 L 14 15.5 L 6 15.5 L 4 8.5 Z"), Style.line(INK, 1)));
      default -> List.of();
    };
  }

  /** Draws the signs at the lower rim: a plus for what is inside, strokes for what repeats. */
  static void markers(Canvas canvas, boolean hides, boolean repeats, Rectangle2D bounds) {
    double x = bounds.getCenterX() - (hides && repeats ? 16 : 7);
    double y = bounds.getMaxY() - 18;
    if (repeats) {
      Rectangle2D place = new Rectangle2D.Double(x, y, 14, 14);
      draw(
          canvas,
          List.of(new Sign(path("M 3 1 L 3 19 M 10 1 L 10 19 M 17 1 L 17 19"), Style.line(INK, 2))),
          place,
          0);
      x += 18;
    }
    if (hides) {
      Rectangle2D place = new Rectangle2D.Double(x, y, 14, 14);
      draw(
          canvas,
          List.of(
              new Sign(new Rectangle2D.Double(0, 0, 20, 20), Style.line(INK, 1)),
              new Sign(path("M 10 4 L 10 16 M 4 10 L 16 10"), Style.line(INK, 1.5))),
          place,
          0);
    }
  }

  private static void draw(Canvas canvas, List<Sign> signs, Rectangle2D bounds, double margin) {
    double side = Math.min(bounds.getWidth(), bounds.getHeight()) * (1 - 2 * margin);
    AffineTransform into = new AffineTransform();
    into.translate(bounds.getCenterX() - side / 2, bounds.getCenterY() - side / 2);
    into.scale(side / 20, side / 20);
    signs.forEach(sign -> canvas.draw(into.createTransformedShape(sign.shape()), sign.style()));
  }

  /** A path of M, L, Q and Z, with blanks between all its words. */
  private static Shape path(String steps) {
    Path2D path = new Path2D.Double();
    Scanner words = new Scanner(steps).useLocale(Locale.ROOT);
    while (words.hasNext()) {
      switch (words.next()) {
        case "M" -> path.moveTo(words.nextDouble(), words.nextDouble());
        case "L" -> path.lineTo(words.nextDouble(), words.nextDouble());
        case "Q" ->
            path.quadTo(
                words.nextDouble(), words.nextDouble(), words.nextDouble(), words.nextDouble());
        default -> path.closePath();
      }
    }
    return path;
  }
}
