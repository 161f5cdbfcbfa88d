package dev.kodo.kernel.guard;

/**
 * What the guard read out of an accepted call.
 *
 * @param maxOutputTokens the bound that the provider will keep
 * @param leastTokens tokens that the prompt is in any case
 * @param prompt the messages one after the other, for a provider that takes text
 */
record Inspection(
    String model, long maxOutputTokens, boolean streaming, long leastTokens, String prompt) {}
