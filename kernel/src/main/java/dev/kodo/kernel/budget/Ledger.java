package dev.kodo.kernel.budget;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps spending below the caps. A call's worst case is set aside against all caps under one lock
 * and is durable before {@link #reserve} returns; afterwards it is settled or released once.
 *
 * <p>In memory an end counts at once, on the disk a moment later. When the kernel dies in between,
 * the row is still open and the next kernel settles it at its worst case: never less than the call
 * cost.
 */
public final class Ledger implements AutoCloseable {
  private final Connector connector;
  private final Supplier<Caps> caps;
  private final Clock clock;
  private final List<Abandoned> abandoned;
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Totals totals = new Totals();
  private final Windows windows;
  private final GroupCommit<Reservation> reserving;
  private final Backlog<SpendTable.End> ending;
  private final AtomicInteger doubtful = new AtomicInteger();
  private @Nullable Connection reading;
  private Instant marked;

  private Ledger(Connector connector, Supplier<Caps> caps, Clock clock, ZoneId zone)
      throws SQLException {
    this.connector = connector;
    this.caps = caps;
    this.clock = clock;
    try (Connection connection = connector.connect()) {
      abandoned = SpendTable.settleAbandoned(connection, clock.instant());
      marked = SpendTable.latest(connection);
      windows = new Windows(clock, zone, marked);
      Window window = windows.now();
      Map<String, Usd> agents = SpendTable.ofAgents(connection, window.day());
      Usd day = agents.values().stream().reduce(Usd.ZERO, Usd::plus);
      totals.load(window, day, SpendTable.ofHour(connection, window.hour()), agents);
    }
    reserving = new GroupCommit<>(new BatchWriter<>(connector, this::write));
    ending = new Backlog<>("ledger", new BatchWriter<>(connector, SpendTable::end));
  }

  /**
   * Opens the ledger: ends what a dead kernel left open, and counts what was spent in the windows
   * of now. There must be one ledger only for a database.
   *
   * @param zone where the owner's day begins
   */
  public static Ledger open(Connector connector, Supplier<Caps> caps, Clock clock, ZoneId zone)
      throws SQLException {
    return new Ledger(connector, caps, clock, zone);
  }

  /** What {@link #open} had to end, for the audit log. */
  public List<Abandoned> abandoned() {
    return abandoned;
  }

  /**
   * Sets the worst case aside. Throws {@link LedgerUnavailable} when that cannot be made durable;
   * then nothing is set aside and the call must not be made.
   */
  public ReserveResult reserve(SpendRequest request) throws LedgerUnavailable {
    Caps now = caps.get();
    Reservation reservation;
    lock.lock();
    try {
      Window window = windows.now();
      totals.enter(window);
      recall(Totals.beat(request));
      Optional<ReserveResult> refused = totals.refusal(request, now);
      if (refused.isPresent()) {
        requireCertainty();
        return refused.get();
      }
      reservation = new Reservation(UUID.randomUUID(), request, window);
      totals.open(reservation);
    } finally {
      lock.unlock();
    }
    awaitDurable(reservation);
    return new ReserveResult.Reserved(reservation);
  }

  /** What a heartbeat of former days spent is in the database only. */
  private void recall(Totals.@Nullable Beat beat) throws LedgerUnavailable {
    if (beat == null || totals.knows(beat)) {
      return;
    }
    try {
      totals.learn(beat, spentBy(beat));
    } catch (SQLException e) {
      throw new LedgerUnavailable("the database does not answer: " + e.getMessage(), e);
    }
  }

  /** Asks a second time over a new connection when the one that was kept has broken meanwhile. */
  private BeatSpending spentBy(Totals.Beat beat) throws SQLException {
    Connection kept = reading;
    if (kept != null) {
      try {
        return SpendTable.ofBeat(kept, beat);
      } catch (SQLException broken) {
        forgetReading();
      }
    }
    Connection connection = connector.connect();
    reading = connection;
    return SpendTable.ofBeat(connection, beat);
  }

  private void forgetReading() {
    Connection connection = reading;
    reading = null;
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException gone) {
      // It was broken already.
    }
  }

  /** The amount stays set aside until it is certain that no open row is left behind. */
  private void awaitDurable(Reservation reservation) throws LedgerUnavailable {
    try {
      reserving.write(reservation);
    } catch (SQLException e) {
      undo(reservation);
      throw new LedgerUnavailable("the database does not answer: " + e.getMessage(), e);
    }
  }

  private void undo(Reservation reservation) {
    if (reservation.close()) {
      doubtful.incrementAndGet();
      ending.add(
          new SpendTable.End.Undone(reservation, clock.instant()),
          () -> {
            count(reservation, Usd.ZERO, false);
            doubtful.decrementAndGet();
          });
    }
  }

  /** While failed reservations may have been written, a full budget says nothing. */
  private void requireCertainty() throws LedgerUnavailable {
    if (doubtful.get() > 0) {
      throw new LedgerUnavailable("earlier reservations are in doubt", null);
    }
  }

  /** Ends the reservation with what the call came to; false when it had ended before. */
  public boolean settle(Reservation reservation, Settlement settlement) {
    if (!reservation.close()) {
      return false;
    }
    count(reservation, settlement.amount(), true);
    ending.add(new SpendTable.End.Settled(reservation, settlement, clock.instant()), () -> {});
    return true;
  }

  /** Ends the reservation of a call that surely cost nothing; false when it had ended before. */
  public boolean release(Reservation reservation) {
    if (!reservation.close()) {
      return false;
    }
    count(reservation, Usd.ZERO, false);
    ending.add(new SpendTable.End.Released(reservation, clock.instant()), () -> {});
    return true;
  }

  /** Ends that are counted and not on the disk yet. */
  public int unwritten() {
    return ending.size();
  }

  private void count(Reservation reservation, Usd amount, boolean made) {
    lock.lock();
    try {
      totals.close(reservation, amount, made);
    } finally {
      lock.unlock();
    }
  }

  /** What counts now against the caps of the day and the hour. */
  public Spending spending() {
    lock.lock();
    try {
      Window window = windows.now();
      totals.enter(window);
      return totals.spending(window);
    } finally {
      lock.unlock();
    }
  }

  /** Runs in one thread at a time. The mark is written once in an hour's window. */
  private void write(Connection connection, List<Reservation> batch) throws SQLException {
    Instant hour = batch.getLast().window().hour();
    if (hour.isAfter(marked)) {
      SpendTable.mark(connection, batch.getLast().window().at());
    }
    SpendTable.insert(connection, batch);
    marked = hour.isAfter(marked) ? hour : marked;
  }

  /** Writes what has ended; open reservations stay open, for the next ledger to settle. */
  @Override
  public void close() {
    reserving.close();
    ending.close();
    lock.lock();
    try {
      forgetReading();
    } finally {
      lock.unlock();
    }
  }
}
