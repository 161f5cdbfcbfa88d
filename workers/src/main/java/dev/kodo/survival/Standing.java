package dev.kodo.survival;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where an agent stands, as the database knows it.
 *
 * @param severity grows with the strictness of the tier, 0 for the loosest
 * @param needsHelp whether the owner was called, and is not called again until the agent is better
 * @param tierNumber number of the last change, 0 when there was none
 * @param measuredAt when the share was measured last
 * @param unmeasuredSince set while the share cannot be measured and the tier is kept
 */
public record Standing(
    String tier,
    String modelClass,
    int severity,
    boolean needsHelp,
    long tierNumber,
    Instant since,
    @Nullable BigDecimal share,
    @Nullable BigDecimal spent,
    @Nullable BigDecimal cap,
    @Nullable String capOf,
    @Nullable Instant dayEndsAt,
    @Nullable Instant measuredAt,
    @Nullable Instant unmeasuredSince,
    @Nullable String unmeasuredReason) {}
