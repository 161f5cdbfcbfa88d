package dev.kodo.kernel.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kodo.kernel.books.KeptBooks;
import dev.kodo.kernel.books.TestBooks;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Limits that a caller states for its own heartbeat. */
@Tag("slow")
class StatedLimitTest {
  private static final Caps CAPS =
      new Caps(usd("1"), usd("2"), usd("9"), usd("9"), usd("9"), usd("0.1"), Map.of(), Raise.NONE);

  private final SteppingClock clock = new SteppingClock(Instant.parse("2026-06-01T10:00:00Z"));
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
  void lowersTheCapOfItsHeartbeatAndOfNoOther() throws Exception {
    Stated stated = new Stated(usd("0.5"), null);

    assertThat(reserve("run", "0.4", stated)).isInstanceOf(ReserveResult.Reserved.class);
    assertThat(reserve("run", "0.2", stated))
        .isEqualTo(new ReserveResult.OverStated(Stated.Kind.SPEND, "0.5", "0.4", "0.2"));
    assertThat(reserve("other", "0.9", Stated.NOTHING)).isInstanceOf(ReserveResult.Reserved.class);
  }

  @Test
  void neverRaisesAConfiguredCap() throws Exception {
    Stated generous = new Stated(usd("100"), 100);

    reserve("run", "1", generous);
    reserve("run", "1", generous);

    assertThat(reserve("run", "0.1", generous))
        .isInstanceOfSatisfying(
            ReserveResult.Refused.class,
            refused -> assertThat(refused.cap()).isEqualTo(Cap.PER_HEARTBEAT));
  }

  @Test
  void bindsLaterCallsThatStateMoreOrNothing() throws Exception {
    reserve("run", "0.4", new Stated(usd("0.5"), 3));

    assertThat(reserve("run", "0.2", Stated.NOTHING)).isInstanceOf(ReserveResult.OverStated.class);
    assertThat(reserve("run", "0.2", new Stated(usd("5"), 50)))
        .isInstanceOf(ReserveResult.OverStated.class);
    assertThat(reserve("run", "0.1", Stated.NOTHING)).isInstanceOf(ReserveResult.Reserved.class);
  }

  @Test
  void countsCallsThatCostNothingButNoneThatWasNotMade() throws Exception {
    Stated two = new Stated(null, 2);
    ledger.release(reserved("run", "0", two)).orElseThrow().run();
    ledger
        .settle(reserved("run", "0", two), Settlement.of(Usd.ZERO, Basis.FREE))
        .orElseThrow()
        .run();
    reserved("run", "0", two);

    assertThat(reserve("run", "0", two))
        .isEqualTo(new ReserveResult.OverStated(Stated.Kind.CALLS, "2", "2", "1"));
  }

  @Test
  void letsNoCallThroughWhereNoneIsAllowed() throws Exception {
    assertThat(reserve("run", "0", new Stated(null, 0)))
        .isEqualTo(new ReserveResult.OverStated(Stated.Kind.CALLS, "0", "0", "1"));
  }

  @Test
  void bindsAfterARestartToo() throws Exception {
    ledger
        .settle(
            reserved("run", "0.4", new Stated(usd("0.5"), 2)),
            Settlement.of(usd("0.3"), Basis.REPORTED))
        .orElseThrow()
        .run();
    ledger.close();

    ledger = newLedger();

    assertThat(reserve("run", "0.3", Stated.NOTHING))
        .isEqualTo(new ReserveResult.OverStated(Stated.Kind.SPEND, "0.5", "0.3", "0.3"));
    assertThat(reserve("run", "0.2", Stated.NOTHING)).isInstanceOf(ReserveResult.Reserved.class);
    assertThat(reserve("run", "0", Stated.NOTHING))
        .isEqualTo(new ReserveResult.OverStated(Stated.Kind.CALLS, "2", "2", "1"));
  }

  @Test
  void isNotPassedByCallsThatComeAtOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      assertThat(madeAtOnce(threads, "by-spend", new Stated(usd("0.5"), null))).isEqualTo(5);
      assertThat(madeAtOnce(threads, "by-calls", new Stated(null, 7))).isEqualTo(7);
    } finally {
      threads.shutdownNow();
    }
  }

  /** How many of 40 calls for 0.1 that come at once are let through. */
  private long madeAtOnce(ExecutorService threads, String beat, Stated stated) throws Exception {
    List<Future<ReserveResult>> all = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      all.add(threads.submit(() -> reserve(beat, "0.1", stated)));
    }
    long made = 0;
    for (Future<ReserveResult> each : all) {
      made += each.get() instanceof ReserveResult.Reserved ? 1 : 0;
    }
    return made;
  }

  private Reservation reserved(String beat, String amount, Stated stated) throws Exception {
    return ((ReserveResult.Reserved) reserve(beat, amount, stated)).reservation();
  }

  private ReserveResult reserve(@Nullable String beat, String amount, Stated stated)
      throws LedgerUnavailable {
    return ledger.reserve(
        new SpendRequest(
            new SpendRequest.Caller("main", "call", beat, null, null, null),
            "p",
            "m",
            usd(amount),
            true,
            stated));
  }

  private Ledger newLedger() throws SQLException {
    return Ledger.open(kept::connect, () -> CAPS, clock, ZoneOffset.UTC);
  }

  private static Usd usd(String amount) {
    return Usd.parse(amount);
  }
}
