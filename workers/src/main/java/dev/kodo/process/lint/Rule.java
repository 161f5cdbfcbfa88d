package dev.kodo.process.lint;

/** What is checked. Each rule is shown to fail on a planted violation. */
public enum Rule {
  /** The file is there, a plain file, of sensible size, and what its name says. */
  READABLE(Severity.ERROR),
  /** The engine's own model accepts the diagram. */
  ENGINE_ACCEPTS(Severity.ERROR),
  /** Only elements that engine 8.6 executes. */
  ENGINE_FEATURE(Severity.ERROR),
  /** The id of the process, decision or form is its file name in kebab-case. */
  FILE_NAME(Severity.ERROR),
  /** Each job type has a worker. */
  JOB_TYPE_HAS_WORKER(Severity.ERROR),
  /** A task fills in the fields that its job cannot do without. */
  FIELD_FILLED(Severity.ERROR),
  /** Each form id has its form. */
  FORM_EXISTS(Severity.ERROR),
  /** Each called process is there. */
  CALLED_PROCESS_EXISTS(Severity.ERROR),
  /** Each called decision is there. */
  DECISION_EXISTS(Severity.ERROR),
  /** Somebody publishes each message that a diagram waits for. */
  MESSAGE_HAS_SENDER(Severity.ERROR),
  /** Each BPMN error that a worker may throw is caught, here or by every caller. */
  ERROR_IS_CAUGHT(Severity.ERROR),
  /** Call activities pass and return variables by name only. */
  CALL_MAPPINGS(Severity.ERROR),
  /** A user task has a form, somebody to do it, a due date, and a timer for when it passes. */
  USER_TASK_COMPLETE(Severity.ERROR),
  /** Splitting gateways have a default flow and conditions, so that no token gets stuck. */
  GATEWAY_DEFAULT(Severity.ERROR),
  /** Each worker of the body is used by a diagram. */
  WORKER_HAS_JOB_TYPE(Severity.ADVICE),
  /** Each message of the body is waited for by a diagram. */
  MESSAGE_HAS_RECEIVER(Severity.ADVICE),
  /** Ids can be read: {@code Task_ChooseActivity}, not {@code Activity_0x1}. */
  ID_PATTERN(Severity.ADVICE),
  /** Splitting gateways ask a question and their flows answer it; joins are silent. */
  GATEWAY_WORDS(Severity.ADVICE),
  /** Processes, tasks, call activities, decisions and their rules say what they are for. */
  DOCUMENTED(Severity.ADVICE),
  /** A diagram fits on a screen. */
  SIZE(Severity.ADVICE),
  /** Each element and each flow is drawn. */
  DRAWN(Severity.ADVICE),
  /** Edges are right-angled and cross neither each other nor a label. */
  TIDY(Severity.ADVICE);

  private final Severity severity;

  Rule(Severity severity) {
    this.severity = severity;
  }

  public Severity severity() {
    return severity;
  }

  /** Whether a finding keeps a file from being deployed. */
  public enum Severity {
    /** The diagram would fail, hang or lie when it runs. */
    ERROR,
    /** The diagram runs, but people will have trouble with it. The build allows none of these. */
    ADVICE
  }
}
