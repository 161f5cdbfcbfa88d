package dev.kodo.api;

import org.springframework.http.HttpStatus;

/** A request names an agent that this installation does not have. */
final class AgentUnknown extends ApiRefusal {
  AgentUnknown(String agentId) {
    super(
        HttpStatus.NOT_FOUND,
        new ApiError(
            "AGENT_UNKNOWN",
            "There is no agent '" + agentId + "'.",
            "See them with: kodo status. Agents are named in kodo.yml under 'agents'."));
  }
}
