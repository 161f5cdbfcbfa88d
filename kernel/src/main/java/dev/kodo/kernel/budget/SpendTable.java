package dev.kodo.kernel.budget;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The table {@code guard.spend}. */
final class SpendTable {
  private static final String INSERT =
      """
      INSERT INTO guard.spend (reservation_id, call_id, agent_id, heartbeat_id, process_id,
        element_id, purpose, provider, model, window_day, window_hour, reserved_usd, price_known,
        reserved_at, stated_usd, stated_calls, state)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'reserved')
      ON CONFLICT (reservation_id) DO NOTHING
      """;

  /** Waits for a row that another connection is still writing, whose outcome nobody was told. */
  private static final String UNDO =
      """
      INSERT INTO guard.spend (reservation_id, call_id, agent_id, heartbeat_id, process_id,
        element_id, purpose, provider, model, window_day, window_hour, reserved_usd, price_known,
        reserved_at, stated_usd, stated_calls, state, settled_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'released', ?)
      ON CONFLICT (reservation_id) DO UPDATE
        SET state = 'released', settled_at = excluded.settled_at
        WHERE spend.state = 'reserved'
      """;

  private static final String SETTLE =
      """
      UPDATE guard.spend
      SET state = 'settled', settled_usd = ?, basis = ?, input_tokens = ?, output_tokens = ?,
        cached_tokens = ?, settled_at = ?
      WHERE reservation_id = ? AND state = 'reserved'
      """;

  private static final String RELEASE =
      """
      UPDATE guard.spend SET state = 'released', settled_at = ?
      WHERE reservation_id = ? AND state = 'reserved'
      """;

  private static final String MARK =
      """
      INSERT INTO guard.window_mark (name, at) VALUES ('clock', ?)
      ON CONFLICT (name) DO UPDATE SET at = greatest(window_mark.at, excluded.at)
      """;

  private static final String SETTLE_ABANDONED =
      """
      UPDATE guard.spend
      SET state = 'settled', settled_usd = reserved_usd, basis = 'worst-case', settled_at = ?
      WHERE state = 'reserved'
      RETURNING reservation_id, call_id, agent_id, heartbeat_id, provider, model, settled_usd
      """;

  private static final String COUNTED =
      "coalesce(sum(coalesce(settled_usd, reserved_usd)) FILTER (WHERE state <> 'released'), 0)";

  private SpendTable() {}

  /** How a reservation ends. */
  sealed interface End {
    Reservation reservation();

    record Settled(Reservation reservation, Settlement settlement, Instant at) implements End {}

    record Released(Reservation reservation, Instant at) implements End {}

    /** The reservation itself failed, perhaps after it was written. */
    record Undone(Reservation reservation, Instant at) implements End {}
  }

  static void insert(Connection connection, List<Reservation> reservations) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      for (Reservation reservation : reservations) {
        bind(statement, reservation);
        addTo(statement, reservations.size());
      }
      run(statement, reservations.size());
    }
  }

  static void mark(Connection connection, Instant at) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(MARK)) {
      statement.setObject(1, time(at));
      statement.executeUpdate();
    }
  }

  /** Every statement changes a row that is open, or none: the first end of a reservation stays. */
  static void end(Connection connection, List<End> ends) throws SQLException {
    for (End end : ends) {
      switch (end) {
        case End.Settled settled -> settle(connection, settled);
        case End.Released released -> release(connection, released);
        case End.Undone undone -> undo(connection, undone);
      }
    }
  }

  private static void settle(Connection connection, End.Settled end) throws SQLException {
    Settlement settlement = end.settlement();
    try (PreparedStatement statement = connection.prepareStatement(SETTLE)) {
      statement.setBigDecimal(1, settlement.amount().dollars());
      statement.setString(2, settlement.basis().word());
      statement.setObject(3, settlement.inputTokens(), Types.INTEGER);
      statement.setObject(4, settlement.outputTokens(), Types.INTEGER);
      statement.setObject(5, settlement.cachedTokens(), Types.INTEGER);
      statement.setObject(6, time(end.at()));
      statement.setObject(7, end.reservation().id());
      statement.executeUpdate();
    }
  }

  private static void release(Connection connection, End.Released end) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(RELEASE)) {
      statement.setObject(1, time(end.at()));
      statement.setObject(2, end.reservation().id());
      statement.executeUpdate();
    }
  }

  private static void undo(Connection connection, End.Undone end) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(UNDO)) {
      bind(statement, end.reservation());
      statement.setObject(17, time(end.at()));
      statement.executeUpdate();
    }
  }

  private static void bind(PreparedStatement statement, Reservation reservation)
      throws SQLException {
    SpendRequest request = reservation.request();
    SpendRequest.Caller caller = request.caller();
    Window window = reservation.window();
    statement.setObject(1, reservation.id());
    statement.setString(2, caller.callId());
    statement.setString(3, caller.agentId());
    statement.setString(4, caller.heartbeatId());
    statement.setString(5, caller.processId());
    statement.setString(6, caller.elementId());
    statement.setString(7, caller.purpose());
    statement.setString(8, request.provider());
    statement.setString(9, request.model());
    statement.setObject(10, window.day());
    statement.setObject(11, time(window.hour()));
    statement.setBigDecimal(12, request.worstCase().dollars());
    statement.setBoolean(13, request.priceKnown());
    statement.setObject(14, time(window.at()));
    Usd stated = request.stated().spend();
    statement.setBigDecimal(15, stated == null ? null : stated.dollars());
    statement.setObject(16, request.stated().calls(), Types.INTEGER);
  }

  private static void addTo(PreparedStatement statement, int size) throws SQLException {
    if (size > 1) {
      statement.addBatch();
    }
  }

  private static void run(PreparedStatement statement, int size) throws SQLException {
    if (size > 1) {
      statement.executeBatch();
    } else {
      statement.executeUpdate();
    }
  }

  /** Ends what a kernel left open that is gone: whether those calls were made nobody knows. */
  static List<Abandoned> settleAbandoned(Connection connection, Instant at) throws SQLException {
    List<Abandoned> abandoned = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(SETTLE_ABANDONED)) {
      statement.setObject(1, time(at));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          abandoned.add(
              new Abandoned(
                  rows.getObject(1, UUID.class),
                  rows.getString(2),
                  rows.getString(3),
                  rows.getString(4),
                  rows.getString(5) + "/" + rows.getString(6),
                  Usd.of(rows.getBigDecimal(7))));
        }
      }
    }
    return abandoned;
  }

  /** The latest moment that any earlier kernel saw. */
  static Instant latest(Connection connection) throws SQLException {
    String query =
        """
        SELECT greatest((SELECT max(at) FROM guard.window_mark WHERE name = 'clock'),
          (SELECT max(reserved_at) FROM guard.spend))
        """;
    try (PreparedStatement statement = connection.prepareStatement(query);
        ResultSet rows = statement.executeQuery()) {
      rows.next();
      OffsetDateTime at = rows.getObject(1, OffsetDateTime.class);
      return at == null ? Instant.EPOCH : at.toInstant();
    }
  }

  static Usd ofHour(Connection connection, Instant hour) throws SQLException {
    String query = "SELECT " + COUNTED + " FROM guard.spend WHERE window_hour = ?";
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setObject(1, time(hour));
      return single(statement);
    }
  }

  static BeatSpending ofBeat(Connection connection, Totals.Beat beat) throws SQLException {
    String query =
        "SELECT "
            + COUNTED
            + ", count(*) FILTER (WHERE state <> 'released'), min(stated_usd), min(stated_calls)"
            + " FROM guard.spend WHERE agent_id = ? AND heartbeat_id = ?";
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, beat.agentId());
      statement.setString(2, beat.heartbeatId());
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        BigDecimal stated = rows.getBigDecimal(3);
        return new BeatSpending(
            Usd.of(rows.getBigDecimal(1)),
            rows.getInt(2),
            new Stated(stated == null ? null : Usd.of(stated), rows.getObject(4, Integer.class)));
      }
    }
  }

  static Map<String, Usd> ofAgents(Connection connection, LocalDate day) throws SQLException {
    String query =
        "SELECT agent_id, " + COUNTED + " FROM guard.spend WHERE window_day = ? GROUP BY agent_id";
    Map<String, Usd> agents = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setObject(1, day);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          agents.put(rows.getString(1), Usd.of(rows.getBigDecimal(2)));
        }
      }
    }
    return agents;
  }

  private static Usd single(PreparedStatement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery()) {
      rows.next();
      return Usd.of(rows.getBigDecimal(1));
    }
  }

  static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
