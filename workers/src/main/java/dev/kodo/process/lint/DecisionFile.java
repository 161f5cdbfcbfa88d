package dev.kodo.process.lint;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Reads and checks a {@code .dmn} file; its answer is the id of its decision. */
record DecisionFile(Consumer<Finding> findings) {
  private static final String DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/";
  private static final String DMNDI = "https://www.omg.org/spec/DMN/20191111/DMNDI/";

  Optional<String> read(Source source) {
    try {
      Document xml = SafeXml.parse(source.content());
      if (!DMN.equals(xml.getDocumentElement().getNamespaceURI())) {
        findings.accept(
            source.unreadable(
                "DMN 1.3 decision",
                "its root is <" + xml.getDocumentElement().getNodeName() + ">"));
        return Optional.empty();
      }
      elements(xml, "decision").forEach(decision -> check(source, xml, decision));
      return elements(xml, "decision")
          .map(decision -> decision.getAttribute("id"))
          .filter(source.promisedId()::equals)
          .findFirst();
    } catch (SAXException broken) {
      findings.accept(source.unreadable("DMN decision", String.valueOf(broken.getMessage())));
      return Optional.empty();
    }
  }

  private void check(Source source, Document xml, Element decision) {
    String id = decision.getAttribute("id");
    if (!id.equals(source.promisedId()) || !source.hasKebabName()) {
      findings.accept(
          source.finding(
              id,
              Rule.FILE_NAME,
              "The decision id is %s but the file is %s. Give both the same kebab-case name."
                  .formatted(id, source.file())));
    }
    if (decision.getAttribute("name").isBlank() || isSilent(decision)) {
      findings.accept(
          source.finding(
              id,
              Rule.DOCUMENTED,
              "The decision has no name or no description. Say what it decides."));
    }
    elements(xml, "rule")
        .filter(DecisionFile::isSilent)
        .map(rule -> rule.getAttribute("id"))
        .forEach(
            rule ->
                findings.accept(
                    source.finding(
                        rule,
                        Rule.DOCUMENTED,
                        "The rule has no annotation. Say in words why it holds.")));
    if (all(xml, DMNDI, "DMNShape")
        .noneMatch(shape -> shape.getAttribute("dmnElementRef").equals(id))) {
      findings.accept(
          source.finding(id, Rule.DRAWN, "The decision is not drawn. Save the file from Modeler."));
    }
  }

  private static boolean isSilent(Element element) {
    NodeList children = element.getChildNodes();
    return IntStream.range(0, children.getLength())
        .mapToObj(children::item)
        .noneMatch(
            child ->
                "description".equals(child.getLocalName()) && !child.getTextContent().isBlank());
  }

  private static Stream<Element> elements(Document xml, String name) {
    return all(xml, DMN, name);
  }

  private static Stream<Element> all(Document xml, String namespace, String name) {
    NodeList found = xml.getElementsByTagNameNS(namespace, name);
    return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i));
  }
}
