package dev.kodo.heartbeat;

/**
 * What the last beats met.
 *
 * @param inARow in how many of the last beats in a row
 * @param what its code, and the words of the last time
 */
public record RecentTrouble(int inARow, String what) {}
