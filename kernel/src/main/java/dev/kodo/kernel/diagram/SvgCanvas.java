package dev.kodo.kernel.diagram;

import java.awt.Shape;
import java.awt.geom.PathIterator;
import java.awt.geom.Rectangle2D;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Writes a picture as SVG: text stays text, and every element of the diagram is a group with its
 * id.
 */
final class SvgCanvas implements Canvas {
  private final StringBuilder svg = new StringBuilder();
  private boolean open;

  SvgCanvas(Rectangle2D view) {
    svg.append(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%s\" height=\"%s\" viewBox=\"%s %s %s %s\" font-family=\"Arial, Helvetica, sans-serif\">\n"
            .formatted(
                n(view.getWidth()),
                n(view.getHeight()),
                n(view.getX()),
                n(view.getY()),
                n(view.getWidth()),
                n(view.getHeight())));
  }

  @Override
  public void begin(String elementId, String title) {
    close();
    svg.append("<g data-element-id=\"").append(escaped(elementId)).append("\">");
    if (!title.isEmpty()) {
      svg.append("<title>").append(escaped(title)).append("</title>");
    }
    svg.append('\n');
    open = true;
  }

  private void close() {
    if (open) {
      svg.append("</g>\n");
      open = false;
    }
  }

  @Override
  public void draw(Shape shape, Style style) {
    svg.append("<path d=\"").append(path(shape)).append("\" fill=\"");
    svg.append(style.fill() == null ? "none" : style.fill()).append('"');
    if (style.line() != null) {
      svg.append(" stroke=\"%s\" stroke-width=\"%s\"".formatted(style.line(), n(style.width())));
      svg.append(" stroke-linecap=\"round\" stroke-linejoin=\"round\"");
    }
    if (!style.dashes().isEmpty()) {
      svg.append(
          style.dashes().stream()
              .map(SvgCanvas::n)
              .collect(Collectors.joining(" ", " stroke-dasharray=\"", "\"")));
    }
    svg.append("/>\n");
  }

  private static String path(Shape shape) {
    StringBuilder path = new StringBuilder();
    double[] at = new double[6];
    for (PathIterator steps = shape.getPathIterator(null); !steps.isDone(); steps.next()) {
      int step = steps.currentSegment(at);
      path.append(letter(step));
      for (int i = 0; i < numbers(step); i++) {
        path.append(i == 0 ? "" : " ").append(n(at[i]));
      }
    }
    return path.toString();
  }

  private static char letter(int step) {
    return switch (step) {
      case PathIterator.SEG_MOVETO -> 'M';
      case PathIterator.SEG_LINETO -> 'L';
      case PathIterator.SEG_QUADTO -> 'Q';
      case PathIterator.SEG_CUBICTO -> 'C';
      default -> 'Z';
    };
  }

  private static int numbers(int step) {
    return switch (step) {
      case PathIterator.SEG_MOVETO, PathIterator.SEG_LINETO -> 2;
      case PathIterator.SEG_QUADTO -> 4;
      case PathIterator.SEG_CUBICTO -> 6;
      default -> 0;
    };
  }

  @Override
  public void text(String text, double x, double y, double size, String colour) {
    svg.append(
        "<text x=\"%s\" y=\"%s\" font-size=\"%s\" text-anchor=\"middle\" fill=\"%s\">%s</text>\n"
            .formatted(n(x), n(y), n(size), colour, escaped(text)));
  }

  String finished() {
    close();
    return svg.append("</svg>\n").toString();
  }

  private static String n(double number) {
    String text = String.format(Locale.ROOT, "%.2f", number);
    return text.replaceFirst("\\.?0+$", "");
  }

  private static String escaped(String text) {
    return text.codePoints()
        .mapToObj(
            c ->
                switch (c) {
                  case '&' -> "&amp;";
                  case '<' -> "&lt;";
                  case '>' -> "&gt;";
                  case '"' -> "&quot;";
                  default -> Character.isISOControl(c) ? " " : Character.toString(c);
                })
        .collect(Collectors.joining());
  }
}
