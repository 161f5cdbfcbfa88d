package dev.kodo.process.lint;

import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import java.io.ByteArrayInputStream;

/**
 * Reads a diagram with the engine's own library, which checks it against the schema: by far the
 * longest part of a lint.
 */
@FunctionalInterface
interface ModelReader {
  ModelReader FRESH = content -> Bpmn.readModelFromStream(new ByteArrayInputStream(content));

  /**
   * @throws org.camunda.bpm.model.xml.ModelException when it is no diagram
   */
  BpmnModelInstance read(byte[] content);
}
