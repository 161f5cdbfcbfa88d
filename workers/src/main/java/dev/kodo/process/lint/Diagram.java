package dev.kodo.process.lint;

import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import io.camunda.zeebe.model.bpmn.instance.BaseElement;
import io.camunda.zeebe.model.bpmn.instance.BoundaryEvent;
import io.camunda.zeebe.model.bpmn.instance.ExtensionElements;
import io.camunda.zeebe.model.bpmn.instance.FlowNode;
import io.camunda.zeebe.model.bpmn.instance.Process;
import io.camunda.zeebe.model.bpmn.instance.SequenceFlow;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;

/**
 * One diagram, read twice: as the engine's model, and as plain XML for what that model would
 * silently skip.
 */
final class Diagram {
  private final String file;
  private final BpmnModelInstance model;
  private final Document xml;

  /**
   * Every look-up walks the whole file, and the rules ask for the same few types again and again.
   */
  private final Map<Class<?>, Collection<?>> found = new HashMap<>();

  Diagram(String file, BpmnModelInstance model, Document xml) {
    this.file = file;
    this.model = model;
    this.xml = xml;
  }

  String file() {
    return file;
  }

  BpmnModelInstance model() {
    return model;
  }

  Document xml() {
    return xml;
  }

  /** The id that the file name promises. */
  String promisedId() {
    return file.substring(0, file.lastIndexOf('.'));
  }

  @SuppressWarnings("unchecked") // The map holds for each type a collection of just that type.
  <T extends ModelElementInstance> Collection<T> all(Class<T> type) {
    return (Collection<T>) found.computeIfAbsent(type, key -> model.getModelElementsByType(type));
  }

  Collection<FlowNode> nodes() {
    return all(FlowNode.class);
  }

  Collection<SequenceFlow> flows() {
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
