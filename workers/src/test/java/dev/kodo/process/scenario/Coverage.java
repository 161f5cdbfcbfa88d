package dev.kodo.process.scenario;

import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import io.camunda.zeebe.model.bpmn.instance.BaseElement;
import io.camunda.zeebe.model.bpmn.instance.EventBasedGateway;
import io.camunda.zeebe.model.bpmn.instance.FlowNode;
import io.camunda.zeebe.model.bpmn.instance.SequenceFlow;
import io.camunda.zeebe.protocol.record.Record;
import io.camunda.zeebe.protocol.record.intent.ProcessInstanceIntent;
import io.camunda.zeebe.protocol.record.value.ProcessInstanceRecordValue;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How much of one diagram the tokens have visited. */
record Coverage(
    String processId,
    Set<String> nodes,
    Set<String> flows,
    Set<String> missedNodes,
    Set<String> missedFlows) {

  static Coverage of(String processId, Stream<Record<?>> events) {
    BpmnModelInstance model =
        Bpmn.readModelFromFile(ProjectFiles.processes().resolve(processId + ".bpmn").toFile());
    Set<String> nodes = ids(model, FlowNode.class);
    Set<String> flows = ids(model, SequenceFlow.class);
    Set<String> visited = visited(processId, events);
    addFlowsOfEventGateways(model, visited);
    return new Coverage(processId, nodes, flows, without(nodes, visited), without(flows, visited));
  }

  /** The engine records no flow behind an event-based gateway; the event that came tells which. */
  private static void addFlowsOfEventGateways(BpmnModelInstance model, Set<String> visited) {
    model.getModelElementsByType(EventBasedGateway.class).stream()
        .flatMap(gateway -> gateway.getOutgoing().stream())
        .filter(flow -> visited.contains(flow.getTarget().getId()))
        .forEach(flow -> visited.add(flow.getId()));
  }

  @Override
  public String toString() {
    return "%s: %d of %d flow nodes (%d %%), %d of %d flows%s"
        .formatted(
            processId,
            nodes.size() - missedNodes.size(),
            nodes.size(),
            100 * (nodes.size() - missedNodes.size()) / nodes.size(),
            flows.size() - missedFlows.size(),
            flows.size(),
            missedNodes.isEmpty() && missedFlows.isEmpty()
                ? ""
                : "; missed " + missedNodes + " " + missedFlows);
  }

  private static Set<String> visited(String processId, Stream<Record<?>> events) {
    Set<String> visited = new HashSet<>();
    events
        .filter(
            event ->
                event.getIntent() == ProcessInstanceIntent.ELEMENT_ACTIVATED
                    || event.getIntent() == ProcessInstanceIntent.SEQUENCE_FLOW_TAKEN)
        .map(event -> (ProcessInstanceRecordValue) event.getValue())
        .filter(value -> value.getBpmnProcessId().equals(processId))
        .forEach(value -> visited.add(value.getElementId()));
    return visited;
  }

  private static <T extends BaseElement> Set<String> ids(BpmnModelInstance model, Class<T> type) {
    return model.getModelElementsByType(type).stream()
        .map(BaseElement::getId)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> without(Set<String> all, Set<String> visited) {
    Set<String> missed = new TreeSet<>(all);
    missed.removeAll(visited);
    return missed;
  }
}
