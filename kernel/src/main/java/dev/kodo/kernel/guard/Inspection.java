package dev.kodo.kernel.guard;

/**
 * What the guard read out of an accepted call.
 *
 * @param maxOutputTokens the bound that the caller set, for the answer alone
 * @param leastTokens tokens that the prompt is in any case
 * @param prompt the messages one after the other, for a provider that takes text
 * @param promptBytes of these messages, in UTF-8
 * @param defused how many turn marks were defused in it
 * @param schema whether the answer is to follow a schema
 * @param cacheMarks whether it asks for parts to be cached, at a price of their own
 */
record Inspection(
    String model,
    long maxOutputTokens,
    boolean streaming,
    long leastTokens,
    String prompt,
    long promptBytes,
    int defused,
    boolean schema,
    boolean cacheMarks) {}
