package dev.kodo.worker;

/**
 * Whose effect it is. The same element instance key with another origin comes from another engine
 * under the same id, for example one whose data was wiped.
 */
record EffectOrigin(String agentId, long processInstanceKey, String jobType) {}
