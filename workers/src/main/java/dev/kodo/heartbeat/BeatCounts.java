package dev.kodo.heartbeat;

/** How the beats of an agent ended, over its life, and how many opened today. */
public record BeatCounts(
    int closed, int failed, int incomplete, int cutShort, int crashed, int today) {}
