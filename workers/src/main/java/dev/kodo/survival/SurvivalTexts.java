package dev.kodo.survival;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** What the owner reads: what happened, the numbers, and what to do about it. */
final class SurvivalTexts {
  /** What the question proposes to add: half of the cap again. */
  private static final BigDecimal RAISED = new BigDecimal("1.5");

  private SurvivalTexts() {}

  static String helpSubject(String agentId, String tier) {
    return "Kodo: agent %s is %s".formatted(agentId, tier);
  }

  static String helpBody(String agentId, Standing standing, Spending spending) {
    return """
        The survival tier of agent %s changed from %s. %s.
        %s

        What you can do:
          raise today's budget:  %s
          see what waits:        kodo approvals
          stop everything:       kodo panic
        Without an answer the agent saves on by itself, and its budget is new when the day ends (%s)."""
        .formatted(
            agentId,
            standing.tier(),
            spent(spending),
            "Critical means that only essential work goes on, dead that no new work begins.",
            raise(agentId, spending.cap(), spending.capOf()),
            spending.dayEndsAt());
  }

  static String alertSubject(String agentId, int percent) {
    return "Kodo: agent %s has passed %d %% of today's budget".formatted(agentId, percent);
  }

  static String alertBody(String agentId, Standing standing) {
    return """
        %s. The survival tier is %s.

        What you can do:
          raise today's budget:  %s
          stop everything:       kodo panic
        Nothing is needed to let it go on."""
        .formatted(
            spent(standing.share(), standing.spent(), standing.cap()),
            standing.tier(),
            raise(agentId, standing.cap(), standing.capOf()));
  }

  static String question(String agentId, Standing standing) {
    return "Agent %s is dead for today: %s. Spend up to %s US dollars today instead?"
        .formatted(
            agentId,
            spent(standing.share(), standing.spent(), standing.cap()),
            raisedCap(standing.cap()));
  }

  /** What follows from a yes; shown with the question, so that an answer is bound to it. */
  static String terms(String agentId, Standing standing) {
    return """
        **Yes by `kodo approve`:** the kernel raises the cap for today and shows before by how much. **Yes in Tasklist:** you are told \
        a command, `%s`, which raises it for good. The agent can do neither. It works again at the first beat after that."""
        .formatted(raise(agentId, standing.cap(), standing.capOf()));
  }

  static String commandSubject(String agentId) {
    return "Kodo: how agent %s may spend more today".formatted(agentId);
  }

  /**
   * What came of a yes.
   *
   * @param byKodo whether it was given by {@code kodo approve}
   */
  static String commandBody(String agentId, Standing standing, boolean byKodo) {
    String command = raise(agentId, standing.cap(), standing.capOf());
    return byKodo
        ? """
        You said yes to spending more today by `kodo approve`, which raised the cap for today itself; `kodo budget` shows it.
        Agent %s works again at its first beat after that. To raise the cap for good:

          %s"""
            .formatted(agentId, command)
        : """
        You said yes to spending more. Only you can raise a budget; run this, it counts from today on:

          %s

        Agent %s works again at its first beat after that."""
            .formatted(command, agentId);
  }

  private static String raise(String agentId, @Nullable BigDecimal cap, @Nullable String capOf) {
    String command = "kodo budget set " + raisedCap(cap) + "/day";
    return "agent".equals(capOf) ? command + " --agent " + agentId : command;
  }

  private static String raisedCap(@Nullable BigDecimal cap) {
    BigDecimal from = cap == null || cap.signum() == 0 ? BigDecimal.ONE : cap;
    return from.multiply(RAISED).setScale(2, RoundingMode.UP).toPlainString();
  }

  private static String spent(Spending spending) {
    return spent(spending.share(), spending.spent(), spending.cap());
  }

  private static String spent(
      @Nullable BigDecimal share, @Nullable BigDecimal spent, @Nullable BigDecimal cap) {
    BigDecimal known = share == null ? BigDecimal.ZERO : share;
    return "%s %% of today's budget is spent (%s of %s US dollars)"
        .formatted(
            known.movePointRight(2).setScale(0, RoundingMode.DOWN).toPlainString(),
            dollars(spent),
            dollars(cap));
  }

  private static String dollars(@Nullable BigDecimal amount) {
    return amount == null ? "0.00" : amount.setScale(2, RoundingMode.HALF_UP).toPlainString();
  }
}
