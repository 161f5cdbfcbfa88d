package dev.kodo.process;

import java.util.Set;

/** Names of the messages that the diagrams wait for, as they stand in the BPMN files. */
public final class MessageName {
  public static final String START_AGENT = "start-agent";
  public static final String BEAT_NOW = "beat-now";
  public static final String STOP_AGENT = "stop-agent";
  public static final String DECISION_MADE = "decision-made";
  public static final String TIER_CHANGED = "tier-changed";
  public static final String LOOK_NOW = "look-now";
  public static final String STEP_FREE = "step-free";
  public static final String ROUTINE_TRIGGER = "routine-trigger";

  /** All of them, for the check of the diagrams. */
  public static final Set<String> ALL =
      Set.of(
          START_AGENT,
          BEAT_NOW,
          STOP_AGENT,
          DECISION_MADE,
          TIER_CHANGED,
          LOOK_NOW,
          ROUTINE_TRIGGER,
          STEP_FREE);

  private MessageName() {}
}
