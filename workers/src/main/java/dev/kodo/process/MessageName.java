package dev.kodo.process;

/** Names of the messages that the diagrams wait for, as they stand in the BPMN files. */
public final class MessageName {
  public static final String START_AGENT = "start-agent";
  public static final String BEAT_NOW = "beat-now";
  public static final String STOP_AGENT = "stop-agent";
  public static final String DECISION_MADE = "decision-made";

  private MessageName() {}
}
