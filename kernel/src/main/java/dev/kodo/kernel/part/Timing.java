package dev.kodo.kernel.part;

import java.time.Duration;

/**
 * How long things may take.
 *
 * @param start longest time from start to the first passed check
 * @param interval time between two checks of a healthy part
 * @param hung a live part that fails its checks for this long is restarted
 * @param grace time between asking for an end and killing
 * @param backoff delays between restarts
 */
public record Timing(
    Duration start, Duration interval, Duration hung, Duration grace, Backoff backoff) {}
