package dev.kodo.kernel.budget;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sums over the rows of past calls. */
public final class SpendReport {
  private static final int MOST_LINES = 100;

  /** By what the calls can be put together. */
  public enum By {
    AGENT("agent_id"),
    PROCESS("process_id"),
    ELEMENT("element_id"),
    MODEL("provider || '/' || model"),
    HEARTBEAT("heartbeat_id"),
    DAY("window_day::text");

    private final String column;

    By(String column) {
      this.column = column;
    }
  }

  /**
   * One line of the report.
   *
   * @param name empty where a call named none
   * @param spent settled US dollars
   * @param open US dollars that are still set aside
   * @param cachedTokens those of the input that came from a cache; null where no call said
   * @param unknownPrice calls that were counted with the ceiling
   */
  public record Line(
      String name,
      long calls,
      Usd spent,
      Usd open,
      long inputTokens,
      @Nullable Long cachedTokens,
      long outputTokens,
      long unknownPrice) {}

  private final Connector connector;

  public SpendReport(Connector connector) {
    this.connector = connector;
  }

  /** The dearest first; days in their order. */
  public List<Line> lines(By by, Instant since) throws SQLException {
    String query =
        "SELECT coalesce("
            + by.column
            + ", ''), count(*) FILTER (WHERE state <> 'released'),"
            + " coalesce(sum(settled_usd), 0) AS spent,"
            + " coalesce(sum(reserved_usd) FILTER (WHERE state = 'reserved'), 0),"
            + " coalesce(sum(input_tokens), 0), sum(cached_tokens),"
            + " coalesce(sum(output_tokens), 0),"
            + " count(*) FILTER (WHERE state <> 'released' AND NOT price_known)"
            + " FROM guard.spend WHERE reserved_at >= ? GROUP BY 1 ORDER BY "
            + (by == By.DAY ? "1" : "spent DESC, 1")
            + " LIMIT "
            + MOST_LINES;
    List<Line> lines = new ArrayList<>();
    try (Connection connection = connector.connect();
        PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setObject(1, SpendTable.time(since));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          lines.add(line(rows));
        }
      }
    }
    return lines;
  }

  private static Line line(ResultSet rows) throws SQLException {
    return new Line(
        rows.getString(1),
        rows.getLong(2),
        Usd.of(rows.getBigDecimal(3)),
        Usd.of(rows.getBigDecimal(4)),
        rows.getLong(5),
        rows.getObject(6, Long.class),
        rows.getLong(7),
        rows.getLong(8));
  }
}
