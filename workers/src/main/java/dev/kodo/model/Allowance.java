package dev.kodo.model;

import java.math.BigDecimal;

/**
 * Limits that a question states for the account it is made on. The guard takes the lower of these
 * and the configured caps.
 *
 * @param usd US dollars for all calls of the account together
 * @param calls how many calls the account may make, repairs included
 */
public record Allowance(BigDecimal usd, int calls) {}
