package dev.kodo.exporter;

import io.camunda.zeebe.exporter.api.ExporterException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.slf4j.Logger;

/**
 * Records that are read and not yet written. While the database is away it fills up; then records
 * are refused, the engine keeps them in its log, and its work goes on.
 */
final class Backlog {
  static final int BATCH = 500;
  static final int MOST = 5000;

  /**
   * SQL states of a row that the database will refuse for ever: written twice in one statement, bad
   * data, broken constraint, too large.
   */
  private static final List<String> UNFIT = List.of("21", "22", "23", "54");

  private final Database database;
  private final LongConsumer acknowledge;
  private final InstantSource clock;
  private final Logger log;
  private final Outage outage = new Outage();
  private final List<Exported> waiting = new ArrayList<>();
  private long seen = -1;
  private long acknowledged = -1;

  /**
   * A backlog of one partition.
   *
   * @param acknowledge told the position up to which nothing is needed any more
   */
  Backlog(Database database, LongConsumer acknowledge, InstantSource clock, Logger log) {
    this.database = database;
    this.acknowledge = acknowledge;
    this.clock = clock;
    this.log = log;
  }

  /**
   * Takes a record.
   *
   * @param changes empty for one of which only the position counts
   * @throws ExporterException when it is full; the engine offers the record again
   */
  void add(long position, Instant at, List<Change> changes) {
    if (waiting.size() >= MOST && !flush()) {
      throw new ExporterException(
          "The database takes no records; the engine keeps them until it does.");
    }
    if (!changes.isEmpty()) {
      waiting.add(new Exported(position, at, changes));
    }
    seen = position;
  }

  /** Whether so much waits that it is worth a transaction of its own. */
  boolean isDue() {
    return waiting.size() >= BATCH && outage.mayTry(clock.instant());
  }

  /** Whether there is anything to do, if only to acknowledge. */
  boolean isPending() {
    return seen > acknowledged;
  }

  /** Time until it makes sense to try again; zero when the database is there. */
  Duration pause() {
    return outage.left(clock.instant());
  }

  /** Writes and acknowledges all; false when the database does not take it now. */
  boolean flush() {
    Instant now = clock.instant();
    if (!outage.mayTry(now)) {
      return false;
    }
    try {
      write(List.copyOf(waiting));
    } catch (SQLException e) {
      away(e, now);
      return false;
    }
    waiting.clear();
    if (seen > acknowledged) {
      acknowledge.accept(seen);
      acknowledged = seen;
    }
    Duration lasted = outage.ended(now);
    if (lasted != null) {
      log.info("The database takes records again, after {}.", lasted);
    }
    return true;
  }

  /** Halves what the database refuses until one record is left, and leaves that one out. */
  private void write(List<Exported> records) throws SQLException {
    if (records.isEmpty()) {
      return;
    }
    try {
      database.write(records);
    } catch (SQLException e) {
      if (!isUnfit(e)) {
        throw e;
      }
      if (records.size() == 1) {
        leaveOut(records.getFirst(), e);
        return;
      }
      int half = records.size() / 2;
      write(records.subList(0, half));
      write(records.subList(half, records.size()));
    }
  }

  private void leaveOut(Exported record, SQLException why) throws SQLException {
    log.error(
        "The record at position {} is left out, as the database refuses it: {}",
        record.position(),
        why.getMessage());
    database.write(List.of(new Exported(record.position(), record.at(), List.of())));
  }

  private static boolean isUnfit(SQLException e) {
    String state = e.getSQLState();
    return state != null && UNFIT.stream().anyMatch(state::startsWith);
  }

  private void away(SQLException e, Instant now) {
    if (outage.failed(now)) {
      log.warn("The database takes no records; they wait. It said: {}", e.getMessage());
    }
  }

  /** Removes old rows; true when there is more to remove. An outage is not made longer by it. */
  boolean prune() {
    Instant now = clock.instant();
    if (!outage.mayTry(now)) {
      return false;
    }
    try {
      return database.prune(now);
    } catch (SQLException e) {
      away(e, now);
      return false;
    }
  }

  /** Writes what it can and lets go of the connection; what is not written comes again. */
  void close() {
    flush();
    database.close();
  }
}
