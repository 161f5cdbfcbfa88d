package dev.kodo.kernel.diagram;

import java.util.Map;

/** Where the tokens of a diagram stand, by the ids of its elements. */
public record Progress(Map<String, Element> elements) {
  /** A diagram that does not run. */
  public static final Progress NONE = new Progress(Map.of());

  public Progress {
    elements = Map.copyOf(elements);
  }

  /**
   * @param tokens how many stand there now
   * @param incidents how many of these are stuck
   * @param completed how often it was left
   */
  public record Element(long tokens, long incidents, long completed) {
    static final Element UNTOUCHED = new Element(0, 0, 0);
  }

  Element of(String id) {
    return elements.getOrDefault(id, Element.UNTOUCHED);
  }
}
