package dev.kodo.agent;

import java.util.Optional;

/** What the review of a stopped agent needs to know about its beats. */
public interface LastTrouble {
  /** A few lines of Markdown: the errors of the last beats, newest first, with their logs. */
  String describe(String agentId);

  /**
   * What was met again and again: its code and the words of the last time; empty when the last beat
   * had no trouble.
   */
  Optional<String> again(String agentId);

  /** The closing number of the agent's last beat, 0 when it has none. */
  long lastClosingNumber(String agentId);
}
