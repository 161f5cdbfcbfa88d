package dev.kodo.process.lint;

import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import io.camunda.zeebe.model.bpmn.instance.BaseElement;
import io.camunda.zeebe.model.bpmn.instance.BoundaryEvent;
import io.camunda.zeebe.model.bpmn.instance.ExtensionElements;
import io.camunda.zeebe.model.bpmn.instance.FlowNode;
import io.camunda.zeebe.model.bpmn.instance.Process;
import io.camunda.zeebe.model.bpmn.instance.SequenceFlow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.camunda.bpm.model.xml.impl.ModelInstanceImpl;
import org.camunda.bpm.model.xml.impl.util.ModelUtil;
import org.camunda.bpm.model.xml.instance.DomElement;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;

/**
 * One diagram, read twice: as the engine's model, and as plain XML for what that model would
 * silently skip.
 */
final class Diagram {
  private final String file;
  private final Document xml;

  /** In the order of the file. Asked for a type, the model walks the file once for each subtype. */
  private final List<ModelElementInstance> elements;

  /** The rules ask for the same few types again and again. */
  private final Map<Class<?>, List<?>> found = new HashMap<>();

  Diagram(String file, BpmnModelInstance model, Document xml) {
    this.file = file;
    this.xml = xml;
    this.elements =
        within(model.getDocument().getRootElement(), (ModelInstanceImpl) model).toList();
  }

  private static Stream<ModelElementInstance> within(DomElement element, ModelInstanceImpl model) {
    return Stream.concat(
        Stream.of(ModelUtil.getModelElement(element, model)),
        element.getChildElements().stream().flatMap(child -> within(child, model)));
  }

  String file() {
    return file;
  }

  Document xml() {
    return xml;
  }

  /** The id that the file name promises. */
  String promisedId() {
    return file.substring(0, file.lastIndexOf('.'));
  }

  /** Every element of the model, in the order of the file. */
  List<ModelElementInstance> elements() {
    return elements;
  }

  @SuppressWarnings("unchecked") // The map holds for each type a list of just that type.
  <T extends ModelElementInstance> List<T> all(Class<T> type) {
    return (List<T>)
        found.computeIfAbsent(
            type, key -> elements.stream().filter(type::isInstance).map(type::cast).toList());
  }

  List<FlowNode> nodes() {
    return all(FlowNode.class);
  }

  List<SequenceFlow> flows() {
    return all(SequenceFlow.class);
  }

  Stream<BoundaryEvent> boundariesOf(FlowNode node) {
    return all(BoundaryEvent.class).stream().filter(event -> node.equals(event.getAttachedTo()));
  }

  boolean holds(String processId) {
    return all(Process.class).stream().anyMatch(process -> processId.equals(process.getId()));
  }

  /** The extension of this kind on an element, such as its task definition. */
  static <T extends ModelElementInstance> Optional<T> extension(
      BaseElement element, Class<T> type) {
    @Nullable ExtensionElements extensions = element.getExtensionElements();
    return extensions == null
        ? Optional.empty()
        : extensions.getElementsQuery().filterByType(type).findSingleResult();
  }

  Finding finding(BaseElement element, Rule rule, String message) {
    return finding(String.valueOf(element.getId()), rule, message);
  }

  Finding finding(String element, Rule rule, String message) {
    return new Finding(file, element, rule, message);
  }
}
