package dev.kodo.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kodo.kernel.audit.AuditEvent;
import dev.kodo.kernel.books.KeptBooks;
import dev.kodo.kernel.books.TestBooks;
import dev.kodo.kernel.config.Config;
import dev.kodo.kernel.constitution.Constitution;
import dev.kodo.kernel.engine.TestBroker;
import dev.kodo.kernel.guard.Guard;
import dev.kodo.kernel.guard.GuardSetting;
import dev.kodo.kernel.guard.ModelsJson;
import dev.kodo.kernel.guard.Registry;
import dev.kodo.kernel.home.KodoHome;
import dev.kodo.kernel.model.ModelChoice;
import dev.kodo.testing.BrokerEngine;
import dev.kodo.testing.InMemoryEngine;
import dev.kodo.testing.SettableClock;
import dev.kodo.testing.SimulatedLife;
import dev.kodo.testing.TimedEngine;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Agents that live for days within a budget of five dollars a day, at half a dollar a call: the
 * real body on the real diagrams, the real guard with its books in a real database. Only the
 * model's answers and the passing of time are not real.
 */
class BudgetMonthIT {
  private static final int MOST_AGENTS = 20;
  private static final boolean SOAK = Boolean.getBoolean("kodo.soak");

  /** Where it is six in the evening: one day holds a fall, a morning and another fall. */
  private static final ZoneId OWNER = OwnerZone.whereItIs(18);

  private static final BigDecimal CAP = new BigDecimal("5");
  private static final BigDecimal PRICE = new BigDecimal("0.5");

  /** Prices by the token, in US dollars for a million; a call then really costs some dimes. */
  private static final BigDecimal TOKEN_PRICE = new BigDecimal("50");

  private static final Duration LOOK = Duration.ofMinutes(SOAK ? 15 : 5);
  private static final String TOKEN = "guard-token";

  @TempDir Path folder;

  private final SettableClock clock = new SettableClock(Instant.now().toString());
  private final SortedMap<LocalDate, Integer> callsByDay = new ConcurrentSkipListMap<>();
  private final List<AuditEvent> audit = java.util.Collections.synchronizedList(new ArrayList<>());

  private String address = "";

  static Stream<Arguments> lives() {
    return SOAK
        ? Stream.of(Arguments.of(1, 30), Arguments.of(MOST_AGENTS, 30))
        : Stream.of(Arguments.of(1, 1), Arguments.of(8, 1));
  }

  @ParameterizedTest(name = "{0} agents, {1} days")
  @MethodSource("lives")
  void neverExceedsTheDayAndLivesAgainInTheMorning(int agents, int days) throws Exception {
    TestBooks books = TestBooks.fresh();
    try (KeptBooks kept = books.keep();
        ModelStub model = new ModelStub();
        Guard guard = guard(kept, model, "{per-call: 0.5}")) {
      model.whenCalled(() -> callsByDay.merge(today(), 1, Integer::sum));
      try (SimulatedLife life =
          new SimulatedLife(engine(), folder.resolve("work"), clock, body(agents))) {
        live(life, days);
        check(life, books, agents, days);
      }
      assertThat(guard.port()).isPositive();
    }
  }

  /** Reports of one token a call would let a budget of five dollars last for ever. */
  @Test
  void neverExceedsTheDayThoughTheProviderUnderReports() throws Exception {
    int days = SOAK ? 30 : 1;
    SortedMap<LocalDate, BigDecimal> billed = new ConcurrentSkipListMap<>();
    TestBooks books = TestBooks.fresh();
    try (KeptBooks kept = books.keep();
        ModelStub model = new ModelStub();
        Guard guard =
            guard(
                kept,
                model,
                "{input-per-million: %1$s, output-per-million: %1$s}".formatted(TOKEN_PRICE))) {
      model.underReport();
      model.whenBilled(bill -> billed.merge(today(), cost(bill), BigDecimal::add));
      try (SimulatedLife life =
          new SimulatedLife(engine(), folder.resolve("work"), clock, body(1))) {
        live(life, days);
        // What is left in critical may be less than the worst case of any call; then it stays so.
        assertThat(texts(life, "select distinct tier from survival_change"))
            .contains("normal", "low-compute", "critical");
      }
      assertThat(guard.port()).isPositive();
    }

    assertThat(billed).hasSizeBetween(days, days + 1);
    assertThat(billed.values()).allSatisfy(bill -> assertThat(bill).isLessThanOrEqualTo(CAP));
    assertThat(number(books, "select count(*) from spend where basis = 'under-reported'"))
        .as("calls whose report was not believed")
        .isEqualTo(number(books, "select count(*) from spend"))
        .isPositive();
    System.out.printf(
        "BudgetMonthIT: %d days with a provider that under-reports, %d calls, billed by day %s%n",
        days, number(books, "select count(*) from spend"), billed.values());
  }

  private static BigDecimal cost(ModelStub.Bill bill) {
    return TOKEN_PRICE
        .multiply(BigDecimal.valueOf(bill.promptTokens() + bill.answerTokens()))
        .movePointLeft(6);
  }

  /**
   * The engine in memory starts quickly. In a long life it may stop: it has been seen to read an
   * entry of its log that was not written yet.
   */
  private TimedEngine engine() {
    return SOAK
        ? new BrokerEngine(
            TestBroker.Release.V8_6_0, folder.resolve("engine"), TestBroker.Span.DAYS)
        : new InMemoryEngine();
  }

  private void live(SimulatedLife life, int days) {
    Instant end = clock.instant().plus(Duration.ofDays(days));
    LocalDate seen = today();
    while (clock.instant().isBefore(end)) {
      life.pass(LOOK);
      life.settle();
      if (!today().equals(seen)) {
        System.out.printf("BudgetMonthIT: %s is over, until %s%n", seen, end);
        seen = today();
      }
    }
  }

  private void check(SimulatedLife life, TestBooks books, int agents, int days)
      throws SQLException {
    tell(life, agents, days);
    callsByDay.forEach(
        (day, calls) ->
            assertThat(PRICE.multiply(BigDecimal.valueOf(calls)))
                .as("billed on %s", day)
                .isLessThanOrEqualTo(CAP));
    // The first and the last day of the owner are not whole.
    assertThat(callsByDay).hasSizeBetween(days, days + 1);
    assertThat(number(books, "select count(*) from spend where state = 'reserved'")).isZero();
    assertThat(number(books, "select count(*) from spend where state = 'settled'"))
        .isEqualTo(callsByDay.values().stream().mapToInt(Integer::intValue).sum());

    assertThat(texts(life, "select distinct tier from survival_change"))
        .containsAll(
            agents == 1
                ? List.of("normal", "low-compute", "critical", "dead")
                // Agents that choose in the same moment spend a dollar between two measurements,
                // and may step over critical, which begins at 4.25.
                : List.of("normal", "low-compute", "dead"));
    assertThat(texts(life, "select notice_id from notice where kind = 'sos'"))
        .as("one call for help for each fall from health")
        .hasSameSizeAs(
            texts(
                life,
                """
                select tier from survival_change
                where tier in ('critical', 'dead') and previous_tier in ('normal', 'low-compute')
                """));
    assertThat(
            texts(
                life,
                """
                select distinct cast(cast(opened_at at time zone '%s' as date) as text)
                from heartbeat where state = 'closed'
                """
                    .formatted(OWNER)))
        .as("days with a heartbeat")
        .hasSize(callsByDay.size());
    assertThat(texts(life, "select agent_id from heartbeat where error_code = 'BUDGET_EXCEEDED'"))
        .as("beats that began and found no budget to finish: one a day at most, the last alone")
        .hasSizeLessThanOrEqualTo(callsByDay.size());
    assertThat(texts(life, "select agent_id from heartbeat where state = 'crashed'")).isEmpty();
  }

  /** Before the checks: a life of hours that ends red is to say as much as one that ends green. */
  private void tell(SimulatedLife life, int agents, int days) {
    System.out.printf(
        "BudgetMonthIT: %d agents, %d days, calls by day %s, beats %s, tiers %s, calls for help %s, audit entries %d%n",
        agents,
        days,
        callsByDay.values(),
        texts(
            life,
            "select state || coalesce(' ' || error_code, '') || ' ' || count(*) from heartbeat group by state, error_code"),
        texts(life, "select tier || ' ' || count(*) from survival_change group by tier"),
        texts(life, "select cast(count(*) as text) from notice where kind = 'sos'"),
        audit.size());
  }

  private Guard guard(KeptBooks kept, ModelStub model, String price)
      throws IOException, SQLException {
    KodoHome home = new KodoHome(folder, folder);
    Files.writeString(
        home.config(),
        "agents: [%s]\nguard.port: %d\nbudget.time-zone: %s\n"
            .formatted(names(MOST_AGENTS), freePort(), OWNER));
    Files.writeString(
        home.budget(),
        "per-day: 5\nper-hour: 5\nper-heartbeat: 5\nper-call: 1\nunknown-price: 0.5\n");
    Files.writeString(
        home.prices(), "as-of: 2026-11-01\nmodels:\n  fake/stub-model: %s\n".formatted(price));
    Files.writeString(
        home.models(),
        """
        providers:
          fake: {kind: openai, base-url: "%s"}
        classes:
          best: [fake/stub-model]
          cheap: [fake/stub-model]
          minimal: [fake/stub-model]
        """
            .formatted(model.baseUrl()));
    Config config = Config.load(home);
    Registry registry =
        Registry.of(home, config, Map.of(), () -> ModelChoice.rehearsal("not asked"));
    Guard guard =
        Guard.start(
            new GuardSetting(
                home,
                config,
                Constitution.verified(),
                registry,
                kept::connect,
                audit::add,
                TOKEN,
                Map.of(),
                clock));
    Files.writeString(folder.resolve("models.json"), ModelsJson.text(registry, guard.port()));
    address = "http://127.0.0.1:" + guard.port();
    return guard;
  }

  private Map<String, Object> body(int agents) {
    return Map.of(
        "kodo.agents",
        names(agents),
        "kodo.guard.address",
        address,
        "kodo.guard.token",
        TOKEN,
        "kodo.models.file",
        folder.resolve("models.json").toString());
  }

  private static String names(int agents) {
    return IntStream.range(0, agents).mapToObj(i -> "agent" + i).collect(Collectors.joining(","));
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), OWNER);
  }

  private static List<String> texts(SimulatedLife life, String sql) {
    return life.database().jdbc().sql(sql).query(String.class).list();
  }

  private static int number(TestBooks books, String sql) throws SQLException {
    try (var connection = books.guard().connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getInt(1);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
