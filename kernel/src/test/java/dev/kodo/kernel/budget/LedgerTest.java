package dev.kodo.kernel.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.kodo.kernel.books.KeptBooks;
import dev.kodo.kernel.books.TestBooks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class LedgerTest {
  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
  private static final Caps CAPS =
      new Caps(
          usd("1"),
          usd("2"),
          usd("3"),
          usd("5"),
          usd("4"),
          usd("0.1"),
          Map.of("b", usd("1.5")),
          Raise.NONE);

  private final SteppingClock clock = new SteppingClock(Instant.parse("2026-06-01T10:00:00Z"));
  private final AtomicBoolean down = new AtomicBoolean();
  private TestBooks books;
  private KeptBooks kept;
  private Ledger ledger;

  @BeforeEach
  void open() throws SQLException {
    books = TestBooks.fresh();
    kept = books.keep();
    ledger = newLedger();
  }

  @AfterEach
  void close() {
    ledger.close();
    kept.close();
  }

  @Test
  void reservesNothingAnyMoreOnceAnotherKernelKeepsTheBooks() throws Exception {
    Reservation open = reserved("a", "h", "0.5");
    books.endGuardConnections();
    try (KeptBooks other = books.keep()) {
      assertThatThrownBy(() -> ledger.reserve(request("a", "h", usd("0.5"))))
          .isInstanceOfSatisfying(
              LedgerUnavailable.class, refused -> assertThat(refused.isForGood()).isTrue());
      ledger.settle(open, Settlement.of(usd("0.3"), Basis.REPORTED)).orElseThrow().run();
      ledger.close();

      assertThat(rows("select state, reserved_usd from guard.spend"))
          .as("neither a new row nor the end of an old one")
          .containsExactly("reserved|0.500000000");
      try (Ledger next = Ledger.open(other::connect, () -> CAPS, clock, ZONE)) {
        assertThat(next.abandoned()).hasSize(1);
        assertThat(next.spending().day()).isEqualTo(usd("0.5"));
      }
    }
  }

  @Test
  void countsTheDaysAnewAfterTheStatementsOfTheDocumentation() throws Exception {
    reserved("a", "h", "0.5");
    clock.set(Instant.now().plus(Duration.ofDays(400)));
    reserved("a", "h", "0.7");
    ledger.close();
    String page = Files.readString(Path.of("..", "docs", "budget.md"));
    String sql = page.substring(page.indexOf("```sql") + 6);

    books.asAdmin(sql.substring(0, sql.indexOf("```")));

    clock.set(Instant.parse("2026-06-01T10:00:00Z"));
    ledger = newLedger();
    assertThat(ledger.spending().window().at()).isEqualTo(clock.instant());
    assertThat(ledger.spending().day()).as("what was spent before counts on").isEqualTo(usd("0.5"));
  }

  @Test
  void setsTheWorstCaseAsideBeforeItReturns() throws Exception {
    Reservation reservation = reserved("a", "h", "0.7");

    assertThat(rows("select state, reserved_usd, agent_id, window_day from guard.spend"))
        .containsExactly("reserved|0.700000000|a|2026-06-01");
    assertThat(ledger.spending().day()).isEqualTo(usd("0.7"));

    ledger
        .settle(reservation, new Settlement(usd("0.2"), Basis.REPORTED, 10, 20, 7))
        .orElseThrow()
        .run();
    assertThat(ledger.spending().day()).isEqualTo(usd("0.2"));
    awaitWritten();
    assertThat(
            rows("select state, settled_usd, basis, input_tokens, cached_tokens from guard.spend"))
        .containsExactly("settled|0.200000000|reported|10|7");
  }

  @Test
  void endsAReservationOnce() throws Exception {
    Reservation reservation = reserved("a", "h", "0.7");
    ledger.settle(reservation, Settlement.of(usd("0.2"), Basis.REPORTED)).orElseThrow().run();
    assertThat(ledger.settle(reservation, Settlement.of(usd("0.3"), Basis.REPORTED))).isEmpty();
    assertThat(ledger.release(reservation)).isEmpty();
    awaitWritten();

    try (Connection connection = kept.connect()) {
      SpendTable.end(
          connection,
          List.of(
              new SpendTable.End.Settled(
                  reservation, Settlement.of(usd("0.9"), Basis.FLAT), clock.instant()),
              new SpendTable.End.Released(reservation, clock.instant()),
              new SpendTable.End.Undone(reservation, clock.instant())));
    }

    assertThat(rows("select state, settled_usd from guard.spend"))
        .containsExactly("settled|0.200000000");
    assertThat(ledger.spending().day()).isEqualTo(usd("0.2"));
  }

  @Test
  void namesTheCapThatLeavesNoRoom() throws Exception {
    assertThat(refused("a", "h", "1.1").cap()).isEqualTo(Cap.PER_CALL);
    reserved("a", "h", "1");
    reserved("a", "h", "1");
    ReserveResult.Refused beat = refused("a", "h", "0.000000001");
    assertThat(beat)
        .isEqualTo(new ReserveResult.Refused(Cap.PER_HEARTBEAT, usd("2"), usd("2"), new Usd(1)));
    reserved("a", "h2", "1");
    assertThat(refused("c", null, "0.1").cap()).isEqualTo(Cap.PER_HOUR);
    clock.step(Duration.ofHours(1));
    reserved("a", "h3", "1");
    assertThat(refused("a", null, "0.1").cap()).isEqualTo(Cap.PER_AGENT);
    reserved("b", null, "1");
    assertThat(refused("b", null, "0.6").cap()).isEqualTo(Cap.PER_AGENT);
    assertThat(refused("c", null, "0.1").cap()).isEqualTo(Cap.PER_DAY);
    reserved("c", null, "0");
    clock.step(Duration.ofDays(1));
    reserved("a", null, "1");
    assertThat(refused("a", "h", "0.1").cap()).isEqualTo(Cap.PER_HEARTBEAT);
  }

  @Test
  void countsAgainAfterARestartAndSettlesWhatWasOpenAtItsWorst() throws Exception {
    ledger
        .settle(reserved("a", "h", "1"), Settlement.of(usd("0.4"), Basis.REPORTED))
        .orElseThrow()
        .run();
    ledger.release(reserved("a", "h", "1")).orElseThrow().run();
    Reservation open = reserved("b", "h", "0.8");
    ledger.close();
    clock.step(Duration.ofMinutes(-90));

    ledger = newLedger();

    assertThat(ledger.abandoned()).extracting(Abandoned::reservationId).containsExactly(open.id());
    assertThat(ledger.spending().window().at()).isEqualTo(Instant.parse("2026-06-01T10:00:00Z"));
    assertThat(ledger.spending().hour()).isEqualTo(usd("1.2"));
    assertThat(ledger.spending().agents()).isEqualTo(Map.of("a", usd("0.4"), "b", usd("0.8")));
    assertThat(rows("select settled_usd, basis from guard.spend where agent_id = 'b'"))
        .containsExactly("0.800000000|worst-case");
    reserved("a", "h", "1");
    assertThat(refused("a", "h", "0.7").cap()).isEqualTo(Cap.PER_HEARTBEAT);
  }

  @Test
  void refusesWithoutADatabaseAndComesBackByItself() throws Exception {
    Reservation open = reserved("a", "h", "0.5");
    down.set(true);
    endConnections();

    for (int i = 0; i < 20; i++) {
      assertThatThrownBy(() -> ledger.reserve(request("a", null, usd("1"))))
          .isInstanceOf(LedgerUnavailable.class);
    }
    ledger.settle(open, Settlement.of(usd("0.3"), Basis.REPORTED)).orElseThrow().run();
    assertThat(ledger.unwritten()).isPositive();

    down.set(false);
    await("the ledger writes again")
        .atMost(Duration.ofSeconds(10))
        .until(() -> ledger.unwritten() == 0);
    await("the ledger reserves again")
        .atMost(Duration.ofSeconds(10))
        .ignoreException(LedgerUnavailable.class)
        .until(() -> reserved("a", "h9", "1").amount().equals(usd("1")));
    awaitWritten();
    assertThat(rows("select state, count(*) from guard.spend group by 1 order by 1"))
        .contains("reserved|1", "settled|1");
    assertThat(ledger.spending().day()).isEqualTo(usd("1.3"));
  }

  @Test
  void doesNotNoticeThatItsConnectionsBrokeWhileTheyWereIdle() throws Exception {
    Reservation open = reserved("a", "h", "0.5");
    endConnections();
    reserved("a", "h2", "0.5");
    ledger.settle(open, Settlement.of(usd("0.3"), Basis.REPORTED)).orElseThrow().run();
    awaitWritten();
    assertThat(rows("select count(*), sum(settled_usd) from guard.spend"))
        .containsExactly("2|0.300000000");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 20261121, 7_777_777})
  void neverExceedsACapWhateverHappensAtOnce(long seed) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(16);
    List<Reservation> open = Collections.synchronizedList(new ArrayList<>());
    clock.set(Instant.parse("2026-10-24T20:00:00Z"));
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int thread = 0; thread < 16; thread++) {
        Random random = new Random(seed + thread);
        all.add(threads.submit(() -> spendAtRandom(random, open)));
      }
      for (Future<?> future : all) {
        future.get();
      }
    } finally {
      threads.shutdownNow();
    }
    awaitWritten();

    String counted = "coalesce(sum(coalesce(settled_usd, reserved_usd)), 0)";
    String live = " from guard.spend where state <> 'released' ";
    assertThat(rows("select count(*) from guard.spend").getFirst())
        .as("seed %d really spends", seed)
        .isGreaterThan("1");
    assertThat(rows("select max(t) from (select " + counted + " t" + live + "group by window_day)"))
        .as("seed %d, per day", seed)
        .allMatch(most -> !dollars(most).exceeds(CAPS.perDay()));
    assertThat(
            rows("select max(t) from (select " + counted + " t" + live + "group by window_hour)"))
        .as("seed %d, per hour", seed)
        .allMatch(most -> !dollars(most).exceeds(CAPS.perHour()));
    assertThat(
            rows(
                "select max(t) from (select "
                    + counted
                    + " t"
                    + live
                    + "and heartbeat_id is not null group by agent_id, heartbeat_id)"))
        .as("seed %d, per heartbeat", seed)
        .allMatch(most -> !dollars(most).exceeds(CAPS.perHeartbeat()));
    assertThat(
            rows(
                "select agent_id, max(t) from (select agent_id, "
                    + counted
                    + " t"
                    + live
                    + "group by agent_id, window_day) group by agent_id"))
        .as("seed %d, per agent and day", seed)
        .allMatch(row -> !dollars(row.substring(2)).exceeds(CAPS.ofAgent(row.substring(0, 1))));
    assertTotalsAreTheSums(seed);
    ledger.close();
    Spending before = ledger.spending();
    ledger = newLedger();
    assertThat(ledger.spending().day())
        .as("seed %d, after a restart", seed)
        .isEqualTo(before.day());
  }

  private void spendAtRandom(Random random, List<Reservation> open) {
    for (int i = 0; i < 150; i++) {
      stepTheClock(random);
      String agent = List.of("a", "b", "c").get(random.nextInt(3));
      String beat = random.nextInt(4) == 0 ? null : "h" + random.nextInt(6);
      Usd amount = new Usd(1 + random.nextLong(400_000_000));
      try {
        if (ledger.reserve(request(agent, beat, amount))
            instanceof ReserveResult.Reserved reserved) {
          open.add(reserved.reservation());
        }
      } catch (LedgerUnavailable e) {
        throw new IllegalStateException(e);
      }
      end(random, open);
    }
  }

  private void stepTheClock(Random random) {
    int chance = random.nextInt(100);
    if (chance < 10) {
      clock.step(Duration.ofMinutes(random.nextInt(40)));
    } else if (chance < 14) {
      clock.step(Duration.ofHours(-random.nextInt(30)));
    } else if (chance < 16) {
      clock.step(Duration.ofHours(random.nextInt(26)));
    }
  }

  /** Also tries to end some reservations twice. */
  private void end(Random random, List<Reservation> open) {
    Reservation reservation;
    synchronized (open) {
      if (open.isEmpty() || random.nextInt(3) == 0) {
        return;
      }
      int index = random.nextInt(open.size());
      reservation = random.nextInt(5) == 0 ? open.get(index) : open.remove(index);
    }
    if (random.nextInt(3) == 0) {
      ledger.release(reservation).ifPresent(Runnable::run);
    } else {
      Usd cost = new Usd(random.nextLong(reservation.amount().nanos() + 1));
      ledger.settle(reservation, Settlement.of(cost, Basis.REPORTED)).ifPresent(Runnable::run);
    }
  }

  private void assertTotalsAreTheSums(long seed) throws SQLException {
    Spending now = ledger.spending();
    String sum =
        "select coalesce(sum(coalesce(settled_usd, reserved_usd)), 0) from guard.spend"
            + " where state <> 'released' and ";
    assertThat(dollars(rows(sum + "window_day = '" + now.window().day() + "'").getFirst()))
        .as("seed %d, the day's total", seed)
        .isEqualTo(now.day());
    assertThat(dollars(rows(sum + "window_hour = '" + now.window().hour() + "'").getFirst()))
        .as("seed %d, the hour's total", seed)
        .isEqualTo(now.hour());
  }

  private Reservation reserved(String agent, @Nullable String beat, String amount)
      throws LedgerUnavailable {
    ReserveResult result = ledger.reserve(request(agent, beat, usd(amount)));
    assertThat(result).isInstanceOf(ReserveResult.Reserved.class);
    return ((ReserveResult.Reserved) result).reservation();
  }

  private ReserveResult.Refused refused(String agent, @Nullable String beat, String amount)
      throws LedgerUnavailable {
    ReserveResult result = ledger.reserve(request(agent, beat, usd(amount)));
    assertThat(result).isInstanceOf(ReserveResult.Refused.class);
    return (ReserveResult.Refused) result;
  }

  private static SpendRequest request(String agent, @Nullable String beat, Usd amount) {
    return new SpendRequest(
        new SpendRequest.Caller(agent, "call", beat, null, null, null), "p", "m", amount, true);
  }

  private Ledger newLedger() throws SQLException {
    Connector connector =
        () -> {
          if (down.get()) {
            throw new SQLException("down");
          }
          return kept.connect();
        };
    return Ledger.open(connector, () -> CAPS, clock, ZONE);
  }

  /** As if the server were restarted: all connections of the guard end. */
  private void endConnections() throws SQLException {
    books.endGuardConnections();
  }

  private void awaitWritten() {
    await("all ends are written")
        .atMost(Duration.ofSeconds(20))
        .until(() -> ledger.unwritten() == 0);
  }

  private List<String> rows(String query) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = books.guard().connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      while (result.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          cells.add(result.getString(i));
        }
        rows.add(String.join("|", cells));
      }
    }
    return rows;
  }

  private static Usd dollars(String text) {
    return Usd.of(new java.math.BigDecimal(text));
  }

  private static Usd usd(String text) {
    return Usd.parse(text);
  }
}
