package dev.kodo.process.lint;

import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** At least one planted violation for each rule that looks into a file. */
final class Violations {
  /** One violation, the rule that must see it, and where. */
  record Planted(String what, String file, UnaryOperator<String> edit, Rule rule, String element) {
    @Override
    public String toString() {
      return rule + ": " + what;
    }
  }

  private Violations() {}

  static Stream<Planted> all() {
    return Stream.of(
        new Planted(
            "process id",
            "theme-end.bpmn",
            replace("\"theme-end\"", "\"theme-over\""),
            Rule.FILE_NAME,
            "theme-over"),
        new Planted(
            "decision id",
            "heartbeat-pace.dmn",
            replace("\"heartbeat-pace\"", "\"pace\""),
            Rule.FILE_NAME,
            "pace"),
        new Planted(
            "form id",
            "review-stopped-agent.form",
            replace("\"id\": \"review-stopped-agent\"", "\"id\": \"review\""),
            Rule.FILE_NAME,
            "review"),
        new Planted(
            "two start events",
            "theme-end.bpmn",
            replace(
                "<bpmn:endEvent id=\"EndEvent_ThemeEnded\"",
                "<bpmn:startEvent id=\"StartEvent_Other\" />\n    <bpmn:endEvent id=\"EndEvent_ThemeEnded\""),
            Rule.ENGINE_ACCEPTS,
            "theme-end"),
        new Planted(
            "no task definition",
            "theme-end.bpmn",
            replace("<zeebe:taskDefinition type=\"theme-summarize\" retries=\"5\" />", ""),
            Rule.ENGINE_ACCEPTS,
            "Task_SummarizeTheme"),
        new Planted(
            "newer element",
            "theme-end.bpmn",
            replace(
                "<bpmn:endEvent id=\"EndEvent_ThemeEnded\"",
                "<bpmn:adHocSubProcess id=\"SubProcess_Tools\" />\n    <bpmn:endEvent id=\"EndEvent_ThemeEnded\""),
            Rule.ENGINE_FEATURE,
            "SubProcess_Tools"),
        new Planted(
            "newer extension",
            "theme-end.bpmn",
            replace(
                "<zeebe:taskDefinition type=\"theme-summarize\" retries=\"5\" />",
                "<zeebe:taskDefinition type=\"theme-summarize\" retries=\"5\" /><zeebe:linkedResources />"),
            Rule.ENGINE_FEATURE,
            "Task_SummarizeTheme"),
        new Planted(
            "newer platform",
            "theme-end.bpmn",
            replace("executionPlatformVersion=\"8.6.0\"", "executionPlatformVersion=\"8.8.0\""),
            Rule.ENGINE_FEATURE,
            "theme-end"),
        new Planted(
            "building block without its question",
            "activity.bpmn",
            replace(
                "<zeebe:taskDefinition type=\"activity-create\" retries=\"5\" />",
                """
                <zeebe:taskDefinition type="model-ask" retries="5" />
                <zeebe:ioMapping><zeebe:input source="Fact check" target="title" /></zeebe:ioMapping>\
                """),
            Rule.FIELD_FILLED,
            "Task_Create"),
        new Planted(
            "building block with an empty question",
            "activity.bpmn",
            replace(
                "<zeebe:taskDefinition type=\"activity-create\" retries=\"5\" />",
                """
                <zeebe:taskDefinition type="model-ask" retries="5" />
                <zeebe:ioMapping><zeebe:input source="Fact check" target="title" />
                <zeebe:input source=" " target="question" /></zeebe:ioMapping>\
                """),
            Rule.FIELD_FILLED,
            "Task_Create"),
        new Planted(
            "building block with an expression that says nothing",
            "activity.bpmn",
            replace(
                "<zeebe:taskDefinition type=\"activity-create\" retries=\"5\" />",
                """
                <zeebe:taskDefinition type="model-ask" retries="5" />
                <zeebe:ioMapping><zeebe:input source="Fact check" target="title" />
                <zeebe:input source="= " target="question" /></zeebe:ioMapping>\
                """),
            Rule.FIELD_FILLED,
            "Task_Create"),
        new Planted(
            "unknown job type",
            "theme-end.bpmn",
            replace("theme-summarize", "theme-summarise"),
            Rule.JOB_TYPE_HAS_WORKER,
            "Task_SummarizeTheme"),
        new Planted(
            "computed job type",
            "theme-end.bpmn",
            replace("type=\"theme-summarize\"", "type=\"=kind\""),
            Rule.JOB_TYPE_HAS_WORKER,
            "Task_SummarizeTheme"),
        new Planted(
            "unknown form",
            "agent-review.bpmn",
            replace("formId=\"review-stopped-agent\"", "formId=\"review\""),
            Rule.FORM_EXISTS,
            "UserTask_ReviewStoppedAgent"),
        new Planted(
            "unknown process",
            "pacemaker.bpmn",
            replace("processId=\"heartbeat\"", "processId=\"heart-beat\""),
            Rule.CALLED_PROCESS_EXISTS,
            "CallActivity_Heartbeat"),
        new Planted(
            "unknown decision",
            "pacemaker.bpmn",
            replace("decisionId=\"heartbeat-pace\"", "decisionId=\"pace\""),
            Rule.DECISION_EXISTS,
            "Task_DecidePace"),
        new Planted(
            "unknown message",
            "pacemaker.bpmn",
            replace("name=\"beat-now\"", "name=\"beat-at-once\""),
            Rule.MESSAGE_HAS_SENDER,
            "Message_BeatNow"),
        new Planted(
            "error named wrongly",
            "heartbeat-closing.bpmn",
            text ->
                text.replace(
                        "ErrorEventDefinition_LogFailed\" />",
                        "ErrorEventDefinition_LogFailed\" errorRef=\"Error_Other\" />")
                    .replace(
                        "  <bpmndi:BPMNDiagram",
                        "  <bpmn:error id=\"Error_Other\" name=\"Other\" errorCode=\"OTHER\" />\n  <bpmndi:BPMNDiagram"),
            Rule.ERROR_IS_CAUGHT,
            "Task_WriteActivityLog"),
        new Planted(
            "boundary event without a trigger",
            "heartbeat.bpmn",
            cut("<bpmn:errorEventDefinition id=\"ErrorEventDefinition_ActivityFailed\" />"),
            Rule.ENGINE_ACCEPTS,
            "BoundaryEvent_ActivityFailed"),
        new Planted(
            "child variables leak",
            "pacemaker.bpmn",
            replace("propagateAllChildVariables=\"false\"", "propagateAllChildVariables=\"true\""),
            Rule.CALL_MAPPINGS,
            "CallActivity_Heartbeat"),
        new Planted(
            "parent variables leak",
            "pacemaker.bpmn",
            cut(" propagateAllParentVariables=\"false\""),
            Rule.CALL_MAPPINGS,
            "CallActivity_Heartbeat"),
        new Planted(
            "bound to a deployment",
            "pacemaker.bpmn",
            replace(
                "<zeebe:calledElement processId=\"heartbeat\"",
                "<zeebe:calledElement processId=\"heartbeat\" bindingType=\"deployment\""),
            Rule.CALL_MAPPINGS,
            "CallActivity_Heartbeat"),
        new Planted(
            "job instead of user task",
            "agent-review.bpmn",
            cut("<zeebe:userTask />"),
            Rule.USER_TASK_COMPLETE,
            "UserTask_ReviewStoppedAgent"),
        new Planted(
            "nobody assigned",
            "agent-review.bpmn",
            cut("<zeebe:assignmentDefinition candidateGroups=\"owners\" />"),
            Rule.USER_TASK_COMPLETE,
            "UserTask_ReviewStoppedAgent"),
        new Planted(
            "no due date",
            "agent-review.bpmn",
            cut("<zeebe:taskSchedule dueDate=\"=now() + duration(decisionDueIn)\" />"),
            Rule.USER_TASK_COMPLETE,
            "UserTask_ReviewStoppedAgent"),
        new Planted(
            "no form",
            "agent-review.bpmn",
            cut("<zeebe:formDefinition formId=\"review-stopped-agent\" />"),
            Rule.USER_TASK_COMPLETE,
            "UserTask_ReviewStoppedAgent"),
        new Planted(
            "timer does not interrupt",
            "agent-review.bpmn",
            replace(
                "id=\"BoundaryEvent_ReviewOverdue\"",
                "id=\"BoundaryEvent_ReviewOverdue\" cancelActivity=\"false\""),
            Rule.USER_TASK_COMPLETE,
            "UserTask_ReviewStoppedAgent"),
        new Planted(
            "no default flow",
            "theme-start.bpmn",
            cut(" default=\"Flow_ThemeWaitingNo\""),
            Rule.GATEWAY_DEFAULT,
            "Gateway_ThemeWaiting"),
        new Planted(
            "no condition",
            "theme-start.bpmn",
            replace("default=\"Flow_ThemeWaitingNo\"", "default=\"Flow_ThemeWaitingYes\""),
            Rule.GATEWAY_DEFAULT,
            "Flow_ThemeWaitingNo"),
        new Planted(
            "no question",
            "theme-start.bpmn",
            replace("Which theme is next?", "Check themebox"),
            Rule.GATEWAY_WORDS,
            "Gateway_ThemeWaiting"),
        new Planted(
            "flow without answer",
            "theme-start.bpmn",
            cut(" name=\"One in the box\""),
            Rule.GATEWAY_WORDS,
            "Flow_ThemeWaitingYes"),
        new Planted(
            "join that talks",
            "theme-start.bpmn",
            replace("id=\"Gateway_ThemeKnown\"", "id=\"Gateway_ThemeKnown\" name=\"Go on\""),
            Rule.GATEWAY_WORDS,
            "Gateway_ThemeKnown"),
        new Planted(
            "Modeler's own id",
            "theme-start.bpmn",
            replace("Task_PickTheme", "Activity_0x1"),
            Rule.ID_PATTERN,
            "Activity_0x1"),
        new Planted(
            "flow id",
            "theme-start.bpmn",
            replace("Flow_PickTheme", "Flow_0x1"),
            Rule.ID_PATTERN,
            "Flow_0x1"),
        new Planted(
            "job type in capitals",
            "theme-start.bpmn",
            replace("type=\"theme-pick\"", "type=\"ThemePick\""),
            Rule.ID_PATTERN,
            "Task_PickTheme"),
        new Planted(
            "message name",
            "pacemaker.bpmn",
            replace("name=\"beat-now\"", "name=\"BeatNow\""),
            Rule.ID_PATTERN,
            "Message_BeatNow"),
        new Planted(
            "silent process",
            "theme-end.bpmn",
            empty("theme-end\" name=\"Theme end\" isExecutable=\"true\">"),
            Rule.DOCUMENTED,
            "theme-end"),
        new Planted(
            "silent task",
            "theme-end.bpmn",
            empty("name=\"Summarize theme\">"),
            Rule.DOCUMENTED,
            "Task_SummarizeTheme"),
        new Planted(
            "silent call activity",
            "activity.bpmn",
            empty("name=\"End theme\">"),
            Rule.DOCUMENTED,
            "CallActivity_ThemeEnd"),
        new Planted(
            "rule without annotation",
            "heartbeat-pace.dmn",
            text ->
                text.replaceAll(
                    "(<rule id=\"Rule_UsualPace\">\\s*)<description>.*?</description>", "$1"),
            Rule.DOCUMENTED,
            "Rule_UsualPace"),
        new Planted(
            "decision without description",
            "heartbeat-pace.dmn",
            text -> text.replaceFirst("<description>.*?</description>", ""),
            Rule.DOCUMENTED,
            "heartbeat-pace"),
        new Planted(
            "wall chart",
            "theme-end.bpmn",
            replace(
                "<bpmn:endEvent id=\"EndEvent_ThemeEnded\"",
                manyTasks() + "<bpmn:endEvent id=\"EndEvent_ThemeEnded\""),
            Rule.SIZE,
            "theme-end"),
        new Planted(
            "wall chart in an event sub-process",
            "heartbeat.bpmn",
            replace(
                "<bpmn:endEvent id=\"EndEvent_HeartbeatOverdue\"",
                manyTasks() + "<bpmn:endEvent id=\"EndEvent_HeartbeatOverdue\""),
            Rule.SIZE,
            "SubProcess_BeatOverdue"),
        new Planted(
            "node not drawn",
            "theme-end.bpmn",
            text ->
                text.replaceAll(
                    "(?s)<bpmndi:BPMNShape id=\"Task_SummarizeTheme_di\".*?</bpmndi:BPMNShape>",
                    ""),
            Rule.DRAWN,
            "Task_SummarizeTheme"),
        new Planted(
            "flow not drawn",
            "theme-end.bpmn",
            text ->
                text.replaceAll(
                    "(?s)<bpmndi:BPMNEdge id=\"Flow_ThemeEndDue_di\".*?</bpmndi:BPMNEdge>", ""),
            Rule.DRAWN,
            "Flow_ThemeEndDue"),
        new Planted(
            "decision not drawn",
            "heartbeat-pace.dmn",
            replace("dmnElementRef=\"heartbeat-pace\"", "dmnElementRef=\"other\""),
            Rule.DRAWN,
            "heartbeat-pace"),
        new Planted(
            "slanted line",
            "theme-end.bpmn",
            replace("<di:waypoint x=\"188\" y=\"140\" />", "<di:waypoint x=\"188\" y=\"120\" />"),
            Rule.TIDY,
            "Flow_ThemeEndDue"),
        new Planted(
            "crossing lines",
            "heartbeat.bpmn",
            text ->
                text.replace("x=\"940\" y=\"415\"", "x=\"940\" y=\"500\"")
                    .replace("x=\"1290\" y=\"415\"", "x=\"1290\" y=\"500\""),
            Rule.TIDY,
            "Flow_ChoiceFailed"),
        new Planted(
            "label over a line",
            "theme-start.bpmn",
            text ->
                text.replaceAll(
                    "(?s)(id=\"Flow_ThemeWaitingYes_di\".*?<dc:Bounds x=\"\\d+\" y=)\"\\d+\"",
                    "$1\"273\""),
            Rule.TIDY,
            "Flow_ThemeWaitingYes"),
        new Planted(
            "line through a task",
            "theme-start.bpmn",
            text ->
                text.replace("x=\"590\" y=\"410\"", "x=\"700\" y=\"410\"")
                    .replace(
                        "<di:waypoint x=\"590\" y=\"305\" />",
                        "<di:waypoint x=\"700\" y=\"270\" />"),
            Rule.TIDY,
            "Flow_ChooseOwnTheme"));
  }

  private static UnaryOperator<String> replace(String old, String by) {
    return text -> text.replace(old, by);
  }

  private static UnaryOperator<String> cut(String what) {
    return text -> text.replaceFirst(Pattern.quote(what), "");
  }

  /** Takes the documentation away that follows {@code opening}. */
  private static UnaryOperator<String> empty(String opening) {
    return text ->
        text.replaceAll(
            "(" + Pattern.quote(opening) + "\\s*)<bpmn:documentation>.*?</bpmn:documentation>",
            "$1");
  }

  private static String manyTasks() {
    return IntStream.range(0, NameRules.MOST_NODES)
        .mapToObj("<bpmn:task id=\"Task_More%d\" />"::formatted)
        .collect(Collectors.joining("\n    "));
  }
}
