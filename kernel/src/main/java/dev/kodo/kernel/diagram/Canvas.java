package dev.kodo.kernel.diagram;

import java.awt.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a diagram is drawn on. Colours are {@code #rrggbb}. */
interface Canvas {
  /**
   * How a shape is drawn.
   *
   * @param line colour of its rim, or null for none
   * @param fill colour of its inside, or null for none
   * @param width of the rim, in pixels
   * @param dashes lengths of dash and gap in turn; empty for a whole line
   */
  record Style(@Nullable String line, @Nullable String fill, double width, List<Double> dashes) {
    public Style {
      dashes = List.copyOf(dashes);
    }

    static Style line(String colour, double width) {
      return new Style(colour, null, width, List.of());
    }

    static Style outline(String colour, double width, String fill) {
      return new Style(colour, fill, width, List.of());
    }

    static Style solid(String colour) {
      return new Style(null, colour, 0, List.of());
    }

    Style dashed(double dash, double gap) {
      return new Style(line, fill, width, List.of(dash, gap));
    }
  }

  void draw(Shape shape, Style style);

  /** Draws a line of text with its middle at {@code x} and its base line at {@code y}. */
  void text(String text, double x, double y, double size, String colour);

  /** What follows belongs to this element, until the next call. */
  void begin(String elementId, String title);
}
