package dev.kodo.survival;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What an agent has spent of the budget of its day; a small record that travels as a process
 * variable.
 *
 * @param share of the cap that binds the agent, 1 when all of it is spent
 * @param spent US dollars, null where nothing is metered
 * @param cap US dollars, null where nothing is metered
 * @param capOf {@code agent} or {@code day}: whose cap binds, null where nothing is metered
 * @param left US dollars that all agents together may still spend in this hour and this day, null
 *     where nothing is metered
 * @param callAtWorst US dollars that one call sets aside, null where nothing is metered
 * @param day the budget's day in the owner's zone, for example {@code 2026-11-21}
 * @param dayEndsAt when the budget's day ends, ISO 8601 in UTC
 */
record Spending(
    BigDecimal share,
    @Nullable BigDecimal spent,
    @Nullable BigDecimal cap,
    @Nullable String capOf,
    @Nullable BigDecimal left,
    @Nullable BigDecimal callAtWorst,
    String day,
    String dayEndsAt) {}
