package dev.kodo.survival;

import org.jspecify.annotations.Nullable;

/**
 * What the decision table {@code survival-tier} says about a share. A person edits the table, so
 * that any of it may be missing.
 *
 * @param severity grows with the strictness of the tier
 * @param needsHelp whether the owner is called when the agent falls into this tier
 */
record TierDecision(
    @Nullable String tier,
    @Nullable String modelClass,
    @Nullable Integer severity,
    @Nullable Boolean needsHelp) {}
