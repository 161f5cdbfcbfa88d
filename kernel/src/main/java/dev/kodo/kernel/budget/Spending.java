package dev.kodo.kernel.budget;

import java.util.Map;

/**
 * What counts against the caps at one moment, in US dollars: settled amounts and open reservations.
 *
 * @param agents what each agent spent in the window's day
 */
public record Spending(Window window, Usd day, Usd hour, Map<String, Usd> agents) {}
