package dev.kodo.kernel.guard;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kodo.kernel.budget.Cap;
import dev.kodo.kernel.budget.Caps;
import dev.kodo.kernel.budget.Connector;
import dev.kodo.kernel.budget.Ledger;
import dev.kodo.kernel.budget.PriceBook;
import dev.kodo.kernel.budget.Raise;
import dev.kodo.kernel.budget.SpendReport;
import dev.kodo.kernel.budget.Spending;
import dev.kodo.kernel.budget.Usd;
import dev.kodo.kernel.config.Durations;
import dev.kodo.kernel.home.Json;
import dev.kodo.kernel.problem.Problem;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The report of GET /budget. Amounts are texts, so that nobody rounds them. */
final class BudgetJson {
  private final Budget budget;
  private final Ledger ledger;
  private final SpendReport report;
  private final Registry registry;
  private final ZoneId zone;
  private final Clock clock;

  BudgetJson(
      Budget budget, Ledger ledger, Connector books, Registry registry, ZoneId zone, Clock clock) {
    this.budget = budget;
    this.ledger = ledger;
    this.report = new SpendReport(books);
    this.registry = registry;
    this.zone = zone;
    this.clock = clock;
  }

  /**
   * The report.
   *
   * @param query empty for what counts now; {@code by=agent&since=7d} also for the past
   */
  ObjectNode of(String query) throws CallRefused {
    Caps all = budget.caps();
    Spending spending = ledger.spending();
    Caps caps = all.on(spending.window().day());
    ObjectNode json = Json.object();
    json.put("at", clock.instant().toString()).put("day", spending.window().day().toString());
    json.put(
        "dayEndsAt", spending.window().day().plusDays(1).atStartOfDay(zone).toInstant().toString());
    json.put("hour", spending.window().hour().toString());
    json.put("window", spending.window().at().toString());
    ObjectNode limits = json.putObject("caps");
    for (Cap cap : Cap.values()) {
      limits.put(cap.key(), caps.of(cap).toString());
    }
    limits.put("unknown-price", caps.unknownPrice().toString());
    if (all.raise().day().equals(spending.window().day())) {
      raised(json.putObject("raisedToday"), all.raise());
    }
    ObjectNode spent = json.putObject("spent");
    spent.put("day", spending.day().toString()).put("hour", spending.hour().toString());
    ArrayNode agents = json.putArray("agents");
    Map<String, String> spenders = new TreeMap<>();
    caps.agents().keySet().forEach(name -> spenders.put(name, "0"));
    spending.agents().forEach((name, amount) -> spenders.put(name, amount.toString()));
    spenders.forEach(
        (name, amount) ->
            agents
                .addObject()
                .put("agent", name)
                .put("spent", amount)
                .put("cap", caps.ofAgent(name).toString()));
    PriceBook prices = budget.prices();
    json.put("callAtWorst", callAtWorst(spending, caps, prices).toString());
    json.put("pricesAsOf", prices.asOf().toString());
    ArrayNode unpriced = json.putArray("unpriced");
    registry.unpriced(prices).forEach(unpriced::add);
    Optional<Problem> trouble = budget.trouble();
    json.put("trouble", trouble.map(Problem::sentence).orElse(""));
    json.put("next", trouble.map(Problem::next).orElse(""));
    if (!query.isEmpty()) {
      past(json, query);
    }
    return json;
  }

  /** What a call sets aside, as far as anybody can know before it is made. */
  private Usd callAtWorst(Spending spending, Caps caps, PriceBook prices) {
    return spending
        .callAtWorst()
        .orElseGet(() -> registry.isFree(prices) ? Usd.ZERO : caps.perCall());
  }

  private static void raised(ObjectNode json, Raise raise) {
    json.put("decision", raise.decision()).put("per-day", raise.perDay().toString());
    ObjectNode agents = json.putObject("agents");
    raise.agents().forEach((name, more) -> agents.put(name, more.toString()));
  }

  private void past(ObjectNode json, String query) throws CallRefused {
    Map<String, String> words = words(query);
    SpendReport.By by = by(words.getOrDefault("by", "agent"));
    Instant since = clock.instant().minus(since(words.getOrDefault("since", "7d")));
    try {
      write(json.putArray("lines"), report.lines(by, since));
      write(json.putArray("days"), report.lines(SpendReport.By.DAY, since));
    } catch (SQLException e) {
      throw new CallRefused(
          GuardCode.LEDGER_UNAVAILABLE, "Expected to read the past calls, but that failed.");
    }
  }

  private static void write(ArrayNode array, Iterable<SpendReport.Line> lines) {
    for (SpendReport.Line line : lines) {
      array
          .addObject()
          .put("name", line.name())
          .put("calls", line.calls())
          .put("spent", line.spent().toString())
          .put("open", line.open().toString())
          .put("inputTokens", line.inputTokens())
          .put("cachedTokens", line.cachedTokens())
          .put("outputTokens", line.outputTokens())
          .put("unknownPrice", line.unknownPrice());
    }
  }

  private static Map<String, String> words(String query) throws CallRefused {
    Map<String, String> words = new HashMap<>();
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw malformed();
      }
      words.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return words;
  }

  private static SpendReport.By by(String word) throws CallRefused {
    return Arrays.stream(SpendReport.By.values())
        .filter(by -> by.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst()
        .orElseThrow(BudgetJson::malformed);
  }

  private static Duration since(String word) throws CallRefused {
    @Nullable Duration since;
    try {
      since = Durations.parse(word);
    } catch (IllegalArgumentException e) {
      since = null;
    }
    if (since == null || since.toDays() > 3660) {
      throw malformed();
    }
    return since;
  }

  private static CallRefused malformed() {
    return new CallRefused(
        GuardCode.CALL_MALFORMED, "Expected a query such as by=agent&since=7d, but got another.");
  }
}
