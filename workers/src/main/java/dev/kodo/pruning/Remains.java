package dev.kodo.pruning;

/** What a feature keeps of an agent and needs no more after some time. */
public interface Remains {
  /** A word for the log, in the plural. */
  String what();

  /**
   * Removes the oldest of what is no longer needed.
   *
   * @param most how many are removed at once
   * @return how many were; {@code most} when there may be more
   */
  int prune(String agentId, int most);
}
