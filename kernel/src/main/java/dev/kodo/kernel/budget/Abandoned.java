package dev.kodo.kernel.budget;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A reservation that an earlier kernel left open; it counts with its whole amount.
 *
 * @param model {@code <provider>/<model>}
 * @param amount in US dollars
 */
public record Abandoned(
    UUID reservationId,
    String callId,
    String agentId,
    @Nullable String heartbeatId,
    String model,
    Usd amount) {}
