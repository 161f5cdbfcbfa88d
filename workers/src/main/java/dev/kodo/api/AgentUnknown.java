package dev.kodo.api;

/** A request names an agent that this installation does not have. */
final class AgentUnknown extends RuntimeException {
  AgentUnknown(String agentId) {
    super("There is no agent '" + agentId + "'.");
  }
}
