package dev.kodo.agent;

import java.util.Locale;

/** Where an agent stands. The pacemaker's diagram moves it. */
public enum AgentState {
  RUNNING,
  STOPPED_FOR_REVIEW,
  STOPPED,
  RETIRED;

  /** The form used in the database and the API: {@code stopped-for-review}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static AgentState ofId(String id) {
    return valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
