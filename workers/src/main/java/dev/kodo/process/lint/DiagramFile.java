package dev.kodo.process.lint;

import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import io.camunda.zeebe.model.bpmn.instance.Process;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;
import org.camunda.bpm.model.xml.ModelException;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;

/** Reads a {@code .bpmn} file. */
record DiagramFile(Consumer<Finding> findings, ModelReader models) {
  private static final String BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL";

  Optional<Diagram> read(Source source) {
    try {
      Document xml = SafeXml.parse(source.content());
      if (!BPMN.equals(xml.getDocumentElement().getNamespaceURI())) {
        findings.accept(
            source.unreadable(
                "BPMN diagram", "its root is <" + xml.getDocumentElement().getNodeName() + ">"));
        return Optional.empty();
      }
      BpmnModelInstance model = models.read(source.content());
      checkName(source, model.getModelElementsByType(Process.class));
      return Optional.of(new Diagram(source.file(), model, xml));
    } catch (SAXException | ModelException broken) {
      findings.accept(source.unreadable("BPMN diagram", innermost(broken)));
      return Optional.empty();
    }
  }

  private void checkName(Source source, Collection<Process> processes) {
    if (!source.hasKebabName()) {
      findings.accept(
          source.finding(
              source.file(),
              Rule.FILE_NAME,
              "The file name is not in kebab-case, such as theme-start.bpmn."));
    }
    if (processes.size() != 1) {
      findings.accept(
          source.finding(
              source.file(),
              Rule.FILE_NAME,
              "The file holds %d processes. Expected one file for each process."
                  .formatted(processes.size())));
    }
    for (Process process : processes) {
      if (!source.promisedId().equals(process.getId())) {
        findings.accept(
            source.finding(
                process.getId(),
                Rule.FILE_NAME,
                "The process id is %s but the file is %s. Give both the same name."
                    .formatted(process.getId(), source.file())));
      }
    }
  }

  private static String innermost(Exception broken) {
    Throwable cause = broken;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse(cause.toString());
  }
}
