package dev.kodo.process;

import java.util.Set;

/**
 * The BPMN errors that the body can throw. Each is caught by a boundary event on a diagram, so that
 * the heartbeat still writes its log. The names are the codes in the BPMN files and in {@code
 * docs/errors.md}.
 */
public enum ErrorCode {
  /** The model's endpoint refused or failed until the retries were used up. */
  MODEL_UNAVAILABLE,
  /** The model's answer did not fit its schema, also after one repair attempt. */
  MODEL_ANSWER_INVALID,
  /**
   * The model's choice of an activity could not be read, was cut or came too late. A decision table
   * chooses instead; the beat fails with it only where that table may not.
   */
  CHOICE_UNREADABLE,
  /** A cap of the budget leaves no room for the call; nothing was sent. */
  BUDGET_EXCEEDED,
  /** A routine has used up one of its own limits; nothing was sent. */
  LIMIT_REACHED,
  /** A call was under way when the body died or lost the connection; it is not repeated. */
  OUTCOME_UNKNOWN,
  /** The decision table permits no activity in this state. */
  NOTHING_PERMITTED,
  /** The workspace could not be written: read-only, full, or a path that leaves it. */
  WORKSPACE_UNWRITABLE,
  /** The guard did not tell what is spent; the last tier stays. */
  SPENDING_UNKNOWN,
  /** A channel refused a message to the owner for good, or the tries are used up. */
  CHANNEL_FAILED;

  /** What a step of a beat may throw that asks the model and writes files. */
  public static final Set<ErrorCode> OF_ASKING =
      Set.of(
          MODEL_UNAVAILABLE,
          MODEL_ANSWER_INVALID,
          BUDGET_EXCEEDED,
          OUTCOME_UNKNOWN,
          WORKSPACE_UNWRITABLE);
}
