package dev.kodo.theme;

import java.time.Instant;

/**
 * A theme that was set aside for one of a person.
 *
 * @param pausedAt when that happened last
 */
public record PausedTheme(Theme theme, Instant pausedAt) {}
