package dev.kodo.kernel.budget;

import java.util.Map;
import java.util.Optional;

/**
 * What counts against the caps at one moment, in US dollars: settled amounts and open reservations.
 *
 * @param agents what each agent spent in the window's day
 * @param callAtWorst what nine of ten of the last hundred calls set aside at most; empty when there
 *     was no call since the ledger was opened
 */
public record Spending(
    Window window, Usd day, Usd hour, Map<String, Usd> agents, Optional<Usd> callAtWorst) {}
