package dev.kodo.kernel.part;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A part as others see it. */
public record PartStatus(
    String name,
    PartState state,
    @Nullable Long pid,
    Instant since,
    int restarts,
    @Nullable String lastError) {}
