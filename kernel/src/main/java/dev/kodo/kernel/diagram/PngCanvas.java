package dev.kodo.kernel.diagram;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Paints a picture as PNG, two dots for each pixel of the diagram. */
final class PngCanvas implements Canvas {
  private static final int SCALE = 2;

  private final BufferedImage image;
  private final Graphics2D graphics;

  PngCanvas(Rectangle2D view) {
    System.setProperty("java.awt.headless", "true");
    image =
        new BufferedImage(
            (int) Math.ceil(view.getWidth() * SCALE),
            (int) Math.ceil(view.getHeight() * SCALE),
            BufferedImage.TYPE_INT_RGB);
    graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.scale(SCALE, SCALE);
    graphics.translate(-view.getX(), -view.getY());
  }

  @Override
  public void begin(String elementId, String title) {
    // A PNG has no elements.
  }

  @Override
  public void draw(Shape shape, Style style) {
    if (style.fill() != null) {
      graphics.setColor(Color.decode(style.fill()));
      graphics.fill(shape);
    }
    if (style.line() != null) {
      graphics.setColor(Color.decode(style.line()));
      graphics.setStroke(stroke(style));
      graphics.draw(shape);
    }
  }

  private static BasicStroke stroke(Style style) {
    float width = (float) style.width();
    if (style.dashes().isEmpty()) {
      return new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    }
    float[] dashes = new float[style.dashes().size()];
    for (int i = 0; i < dashes.length; i++) {
      dashes[i] = style.dashes().get(i).floatValue();
    }
    return new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND, 1, dashes, 0);
  }

  /** Lines were broken for Arial; where another font must do, its letters are made narrower. */
  @Override
  public void text(String text, double x, double y, double size, String colour) {
    graphics.setColor(Color.decode(colour));
    Font font = new Font("Arial", Font.PLAIN, 1).deriveFont((float) size);
    double room = TextLines.width(text, size);
    double width = width(text, font);
    if (width > room) {
      font = font.deriveFont(AffineTransform.getScaleInstance(room / width, 1));
      width = room;
    }
    graphics.setFont(font);
    graphics.drawString(text, (float) (x - width / 2), (float) y);
  }

  private double width(String text, Font font) {
    return graphics.getFontMetrics(font).getStringBounds(text, graphics).getWidth();
  }

  byte[] finished() {
    graphics.dispose();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException inMemory) {
      throw new UncheckedIOException(inMemory);
    }
    return out.toByteArray();
  }
}
