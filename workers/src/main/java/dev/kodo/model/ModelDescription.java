package dev.kodo.model;

import org.jspecify.annotations.Nullable;

/**
 * Which model answers, for people to see.
 *
 * @param rehearsal true when it is the rule-based stand-in and not a language model
 * @param baseUrl null for the rehearsal
 */
public record ModelDescription(
    String provider, String name, boolean rehearsal, @Nullable String baseUrl) {}
