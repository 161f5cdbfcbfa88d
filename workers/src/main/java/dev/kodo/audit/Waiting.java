package dev.kodo.audit;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * An entry in the outbox.
 *
 * @param number tells a repeated delivery from a second action
 */
record Waiting(
    long number,
    String agentId,
    @Nullable String heartbeatId,
    String kind,
    String subject,
    String outcome,
    JsonNode detail) {}
