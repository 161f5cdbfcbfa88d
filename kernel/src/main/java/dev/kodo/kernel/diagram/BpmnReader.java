package dev.kodo.kernel.diagram;

import dev.kodo.kernel.diagram.BpmnDiagram.Kind;
import dev.kodo.kernel.diagram.BpmnDiagram.Line;
import dev.kodo.kernel.diagram.BpmnDiagram.Node;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** Reads the part of BPMN that is seen: elements, and the interchange of their places. */
public final class BpmnReader {
  private static final String BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL";
  private static final String PLACES = "http://www.omg.org/spec/BPMN/20100524/DI";
  private static final String NO_DOCTYPE = "http://apache.org/xml/features/disallow-doctype-decl";

  /** Beyond this no sheet of paper and no screen goes; a wrong number must not ask for memory. */
  private static final double FARTHEST = 100_000;

  private final Map<String, Element> elements = new HashMap<>();
  private final Set<String> usual = new HashSet<>();

  private BpmnReader() {}

  public static BpmnDiagram read(String xml) throws BpmnUnreadable {
    return new BpmnReader().diagram(parse(xml));
  }

  private static Document parse(String xml) throws BpmnUnreadable {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature(NO_DOCTYPE, true);
      factory.setNamespaceAware(true);
      DocumentBuilder builder = factory.newDocumentBuilder();
      builder.setErrorHandler(new DefaultHandler());
      return builder.parse(new InputSource(new StringReader(xml)));
    } catch (SAXException | IOException broken) {
      throw new BpmnUnreadable("it is no XML that is accepted: " + broken.getMessage());
    } catch (ParserConfigurationException jdkCannot) {
      throw new IllegalStateException("The XML parser of this JDK cannot be made safe.", jdkCannot);
    }
  }

  private BpmnDiagram diagram(Document document) throws BpmnUnreadable {
    Element process =
        all(document, BPMN, "process").findFirst().orElseThrow(() -> none("a process"));
    all(document, BPMN, "*")
        .filter(element -> element.hasAttribute("id"))
        .forEach(
            element -> {
              elements.put(element.getAttribute("id"), element);
              usual.add(element.getAttribute("default"));
            });
    List<Node> nodes = new ArrayList<>();
    for (Element shape : all(document, PLACES, "BPMNShape").toList()) {
      Element element = elements.get(shape.getAttribute("bpmnElement"));
      if (element != null) {
        nodes.add(node(shape, element));
      }
    }
    if (nodes.isEmpty()) {
      throw none("a place for any element");
    }
    List<Line> lines = new ArrayList<>();
    for (Element edge : all(document, PLACES, "BPMNEdge").toList()) {
      Element element = elements.get(edge.getAttribute("bpmnElement"));
      if (element != null) {
        lines.add(line(edge, element));
      }
    }
    // A boundary event lies on its activity, and everything lies on the sub-process that holds it.
    nodes.sort(
        Comparator.comparing((Node node) -> node.kind().isEvent())
            .thenComparingDouble(node -> -node.bounds().getWidth() * node.bounds().getHeight()));
    return new BpmnDiagram(process.getAttribute("id"), nodes, lines);
  }

  private static BpmnUnreadable none(String what) {
    return new BpmnUnreadable("it has not " + what);
  }

  private Node node(Element shape, Element element) throws BpmnUnreadable {
    Kind kind = kind(element);
    return new Node(
        element.getAttribute("id"),
        kind,
        detail(element),
        name(element),
        !element.getAttribute("cancelActivity").equals("false")
            && !element.getAttribute("isInterrupting").equals("false"),
        kind == Kind.SUB_PROCESS && shape.getAttribute("isExpanded").equals("false"),
        children(element, BPMN, "multiInstanceLoopCharacteristics").findAny().isPresent(),
        bounds(shape),
        label(shape));
  }

  private Line line(Element edge, Element element) throws BpmnUnreadable {
    List<Point2D> points = new ArrayList<>();
    for (Element point : children(edge, "*", "waypoint").toList()) {
      points.add(new Point2D.Double(number(point, "x"), number(point, "y")));
    }
    if (points.size() < 2) {
      throw none("two points for the line " + element.getAttribute("id"));
    }
    return new Line(
        element.getAttribute("id"),
        name(element),
        element.getLocalName().equals("sequenceFlow"),
        usual.contains(element.getAttribute("id")),
        points,
        label(edge));
  }

  private static Kind kind(Element element) {
    String name = element.getLocalName();
    return switch (name) {
      case "startEvent" -> Kind.START_EVENT;
      case "endEvent" -> Kind.END_EVENT;
      case "boundaryEvent", "intermediateCatchEvent" -> Kind.CATCH_EVENT;
      case "intermediateThrowEvent" -> Kind.THROW_EVENT;
      case "callActivity" -> Kind.CALL_ACTIVITY;
      case "textAnnotation" -> Kind.NOTE;
      case "subProcess", "adHocSubProcess" ->
          element.getAttribute("triggeredByEvent").equals("true")
              ? Kind.EVENT_SUB_PROCESS
              : Kind.SUB_PROCESS;
      default -> {
        if (name.equals("task") || name.endsWith("Task")) {
          yield Kind.TASK;
        }
        yield name.endsWith("Gateway") ? Kind.GATEWAY : Kind.OTHER;
      }
    };
  }

  /** What an event waits for or causes; of anything else, what it is. */
  private static String detail(Element element) {
    if (!element.getLocalName().endsWith("Event")) {
      return element.getLocalName();
    }
    String suffix = "EventDefinition";
    return children(element, BPMN, "*")
        .map(Element::getLocalName)
        .filter(name -> name.endsWith(suffix))
        .map(name -> name.substring(0, name.length() - suffix.length()))
        .findFirst()
        .orElse("");
  }

  private static String name(Element element) {
    return element.getLocalName().equals("textAnnotation")
        ? children(element, BPMN, "text").map(Element::getTextContent).findFirst().orElse("")
        : element.getAttribute("name");
  }

  private static Rectangle2D bounds(Element shape) throws BpmnUnreadable {
    Element bounds =
        children(shape, "*", "Bounds")
            .findFirst()
            .orElseThrow(() -> none("bounds for " + shape.getAttribute("bpmnElement")));
    return rectangle(bounds);
  }

  private static Optional<Rectangle2D> label(Element shapeOrEdge) throws BpmnUnreadable {
    Optional<Element> bounds =
        children(shapeOrEdge, PLACES, "BPMNLabel")
            .flatMap(label -> children(label, "*", "Bounds"))
            .findFirst();
    return bounds.isEmpty() ? Optional.empty() : Optional.of(rectangle(bounds.get()));
  }

  private static Rectangle2D rectangle(Element bounds) throws BpmnUnreadable {
    return new Rectangle2D.Double(
        number(bounds, "x"),
        number(bounds, "y"),
        number(bounds, "width"),
        number(bounds, "height"));
  }

  private static double number(Element element, String attribute) throws BpmnUnreadable {
    String text = element.getAttribute(attribute);
    try {
      double number = Double.parseDouble(text);
      if (Math.abs(number) <= FARTHEST) {
        return number;
      }
    } catch (NumberFormatException noNumber) {
      // Told below, like a number that is too large.
    }
    throw new BpmnUnreadable("%s of a place is '%s'".formatted(attribute, text));
  }

  private static Stream<Element> all(Document document, String space, String name) {
    return elements(document.getElementsByTagNameNS(space, name));
  }

  private static Stream<Element> children(Element parent, String space, String name) {
    return elements(parent.getChildNodes())
        .filter(child -> space.equals("*") || space.equals(child.getNamespaceURI()))
        .filter(child -> name.equals("*") || name.equals(child.getLocalName()));
  }

  private static Stream<Element> elements(NodeList list) {
    return IntStream.range(0, list.getLength())
        .mapToObj(list::item)
        .filter(Element.class::isInstance)
        .map(Element.class::cast);
  }
}
