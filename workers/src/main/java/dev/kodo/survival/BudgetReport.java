package dev.kodo.survival;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Reads the guard's report on the budget. It trusts no number: what is missing, negative or not a
 * number makes the whole report unreadable, since a wrong tier is worse than an old one.
 */
final class BudgetReport {
  private BudgetReport() {}

  /** The report does not hold what it must; the message names the field. */
  static final class Unreadable extends Exception {
    Unreadable(String message) {
      super(message);
    }
  }

  static Spending read(JsonNode report, String agentId) throws Unreadable {
    BigDecimal daySpent = amount(report, "/spent/day");
    BigDecimal dayCap = amount(report, "/caps/per-day");
    BigDecimal dayShare = share(daySpent, dayCap);
    BigDecimal left = left(daySpent, dayCap).min(left(report));
    BigDecimal call = amount(report, "/callAtWorst");
    String day = day(report);
    String dayEndsAt = instant(report, "/dayEndsAt");
    Optional<JsonNode> agent = agent(report, agentId);
    if (agent.isEmpty()) {
      return new Spending(dayShare, daySpent, dayCap, "day", left, call, day, dayEndsAt);
    }
    BigDecimal agentSpent = amount(agent.get(), "/spent");
    BigDecimal agentCap = amount(agent.get(), "/cap");
    BigDecimal agentShare = share(agentSpent, agentCap);
    boolean dayBinds = dayShare.compareTo(agentShare) > 0;
    return new Spending(
        dayBinds ? dayShare : agentShare,
        dayBinds ? daySpent : agentSpent,
        dayBinds ? dayCap : agentCap,
        dayBinds ? "day" : "agent",
        left,
        call,
        day,
        dayEndsAt);
  }

  private static BigDecimal left(JsonNode report) throws Unreadable {
    return left(amount(report, "/spent/hour"), amount(report, "/caps/per-hour"));
  }

  /** An overrun leaves nothing. */
  private static BigDecimal left(BigDecimal spent, BigDecimal cap) {
    return cap.subtract(spent).max(BigDecimal.ZERO);
  }

  private static Optional<JsonNode> agent(JsonNode report, String agentId) throws Unreadable {
    JsonNode agents = report.path("agents");
    if (!agents.isArray()) {
      throw new Unreadable("'agents' is not a list");
    }
    return StreamSupport.stream(agents.spliterator(), false)
        .filter(agent -> agentId.equals(agent.path("agent").textValue()))
        .findFirst();
  }

  /** A cap of nothing is used up from the beginning. */
  private static BigDecimal share(BigDecimal spent, BigDecimal cap) {
    return cap.signum() == 0 ? BigDecimal.ONE : spent.divide(cap, MathContext.DECIMAL64);
  }

  /** Amounts are decimal texts, so that nobody rounds them. */
  private static BigDecimal amount(JsonNode node, String path) throws Unreadable {
    JsonNode value = node.at(path);
    try {
      BigDecimal amount = new BigDecimal(value.asText());
      if (amount.signum() < 0) {
        throw new Unreadable("'" + path.substring(1) + "' is below zero");
      }
      return amount;
    } catch (NumberFormatException notANumber) {
      throw new Unreadable("'" + path.substring(1) + "' is not a number");
    }
  }

  private static String day(JsonNode report) throws Unreadable {
    try {
      return LocalDate.parse(report.path("day").asText()).toString();
    } catch (DateTimeParseException noDate) {
      throw new Unreadable("'day' is not a date");
    }
  }

  private static String instant(JsonNode report, String path) throws Unreadable {
    try {
      return Instant.parse(report.at(path).asText()).toString();
    } catch (DateTimeParseException noTime) {
      throw new Unreadable("'" + path.substring(1) + "' is not a time");
    }
  }
}
