package dev.kodo.kernel.diagram;

import java.awt.geom.Rectangle2D;

/** A picture of a diagram with where its tokens stand. */
public final class DiagramPicture {
  /** Four dots of four bytes each for a pixel; a command has 128 MB for everything. */
  private static final double LARGEST_PNG = 5_000_000;

  private DiagramPicture() {}

  public static String svg(BpmnDiagram diagram, Progress progress) {
    SvgCanvas canvas = new SvgCanvas(DiagramPainter.view(diagram));
    new DiagramPainter(canvas, progress).paint(diagram);
    return canvas.finished();
  }

  /**
   * @throws BpmnUnreadable when the diagram is too large for a picture of dots
   */
  public static byte[] png(BpmnDiagram diagram, Progress progress) throws BpmnUnreadable {
    Rectangle2D view = DiagramPainter.view(diagram);
    if (view.getWidth() * view.getHeight() > LARGEST_PNG) {
      throw new BpmnUnreadable("it is too large for a PNG; draw it as SVG");
    }
    PngCanvas canvas = new PngCanvas(view);
    new DiagramPainter(canvas, progress).paint(diagram);
    return canvas.finished();
  }
}
