package dev.kodo.worker;

/**
 * The result of a call that an earlier delivery of the job made.
 *
 * @param step name under which the call was made
 */
public record StoredCall<T>(String step, T result) {}
