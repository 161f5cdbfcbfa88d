package dev.kodo.kernel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kodo.kernel.budget.Raise;
import dev.kodo.kernel.budget.RaiseFile;
import dev.kodo.kernel.budget.Usd;
import dev.kodo.kernel.config.Config;
import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a yes to "spend more today?" does. The question's text is the body's; who and how much is
 * the kernel's own: half of the cap that binds, once for each yes, and for the present day only.
 *
 * @param agent whose cap is raised
 * @param raise everything that is then allowed beyond {@code budget.yml} today
 */
record SpendMore(String agent, Raise raise, String sentence) {
  /** The kind of the question, as the body names it. */
  static final String KIND = "spend-more-today";

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Empty for any other question; throws a problem when the guard does not report. */
  static Optional<SpendMore> of(Session session, JsonNode decision) {
    String agent = decision.path("agentId").asText();
    if (!decision.path("kind").asText().equals(KIND)
        || !Config.load(session.home()).agents().contains(agent)) {
      return Optional.empty();
    }
    return Optional.of(of(report(session), agent, decision.path("decisionId").asText()));
  }

  /** From the guard's own report. */
  static SpendMore of(JsonNode report, String agent, String decision) {
    Usd daySpent = Usd.parse(report.path("spent").path("day").asText());
    Usd dayCap = Usd.parse(report.path("caps").path("per-day").asText());
    JsonNode own = agent(report, agent);
    Usd spent = own.isMissingNode() ? Usd.ZERO : Usd.parse(own.path("spent").asText());
    Usd cap =
        Usd.parse(
            own.isMissingNode()
                ? report.path("caps").path("per-agent").asText()
                : own.path("cap").asText());
    boolean dayBinds = dayCap.without(daySpent).compareTo(cap.without(spent)) <= 0;
    Usd more = (dayBinds ? dayCap : cap).share(1, 2);
    Usd moreOfDay = byAtMostAHalf(dayCap, daySpent, more);
    Usd moreOfAgent = byAtMostAHalf(cap, spent, more);
    LocalDate day = LocalDate.parse(report.path("day").asText());
    return new SpendMore(
        agent,
        added(report.path("raisedToday"), day, moreOfDay, agent, moreOfAgent, decision),
        "Kodo's own words: yes raises what may be spent on "
            + day
            + " only, of agent "
            + agent
            + change(cap, moreOfAgent)
            + " and of all agents"
            + change(dayCap, moreOfDay)
            + ".");
  }

  /** A cap that leaves room for {@code more} stays; no cap grows by more than its half. */
  private static Usd byAtMostAHalf(Usd cap, Usd spent, Usd more) {
    if (cap.without(spent).compareTo(more) >= 0) {
      return Usd.ZERO;
    }
    Usd half = cap.share(1, 2);
    return half.compareTo(more) < 0 ? half : more;
  }

  private static String change(Usd cap, Usd more) {
    return more.isZero()
        ? " not beyond " + Money.text(cap.toString())
        : " from " + Money.text(cap.toString()) + " to " + Money.text(cap.plus(more).toString());
  }

  private static JsonNode agent(JsonNode report, String name) {
    for (JsonNode agent : report.path("agents")) {
      if (agent.path("agent").asText().equals(name)) {
        return agent;
      }
    }
    return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
  }

  /** To what an earlier yes of the same day has allowed. */
  private static Raise added(
      JsonNode before, LocalDate day, Usd moreOfDay, String agent, Usd moreOfAgent, String by) {
    Map<String, Usd> agents = new HashMap<>();
    before
        .path("agents")
        .properties()
        .forEach(entry -> agents.put(entry.getKey(), Usd.parse(entry.getValue().asText())));
    agents.merge(agent, moreOfAgent, Usd::plus);
    return new Raise(
        day, Usd.parse(before.path("per-day").asText("0")).plus(moreOfDay), agents, by);
  }

  private static JsonNode report(Session session) {
    try {
      return session.guard(PATIENCE).budget("");
    } catch (IOException e) {
      throw new Problem(
          ProblemCode.GUARD_UNREACHABLE,
          "Expected the guard to report the budget, but: " + e.getMessage() + ".",
          ProblemCode.GUARD_UNREACHABLE.next(),
          e);
    }
  }

  /** Writes the raise; the guard takes it over with its next look, and enters it into its log. */
  void apply(Session session) throws IOException {
    new RaiseFile(session.home().budgetToday()).write(raise);
    report(session);
  }
}
