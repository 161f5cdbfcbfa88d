package dev.kodo.agent;

/** What the review of a stopped agent needs to know about its beats. */
public interface LastTrouble {
  /** A few lines of Markdown: the errors of the last beats, newest first, with their logs. */
  String describe(String agentId);

  /** The closing number of the agent's last beat, 0 when it has none. */
  long lastClosingNumber(String agentId);
}
