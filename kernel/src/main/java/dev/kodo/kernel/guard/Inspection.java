package dev.kodo.kernel.guard;

/**
 * What the guard read out of an accepted call.
 *
 * @param maxOutputTokens the bound that the provider will keep
 * @param textBytes the prompt's length in UTF-8 without the JSON around it
 * @param prompt the messages one after the other, for a provider that takes text
 */
record Inspection(
    String model, long maxOutputTokens, boolean streaming, long textBytes, String prompt) {}
