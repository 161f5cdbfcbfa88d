package dev.kodo.model;

/** Which heartbeat: its id is unique for its agent only. */
public record HeartbeatName(String agentId, String heartbeatId) {}
