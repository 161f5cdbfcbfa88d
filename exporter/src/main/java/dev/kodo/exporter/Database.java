package dev.kodo.exporter;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * The connection of one partition. It is opened when it is needed and thrown away after every
 * failure, so that the position is read anew: only the database knows whether a transaction whose
 * answer got lost took place.
 */
final class Database implements AutoCloseable {
  private static final int PRUNED_AT_ONCE = 2000;

  private final Setting setting;
  private final int partitionId;
  private @Nullable Connection connection;
  private long position;

  Database(Setting setting, int partitionId) {
    this.setting = setting;
    this.partitionId = partitionId;
  }

  /**
   * Writes what is new of these records, in order, and how far that is, in one transaction: the
   * position and the moment at which the engine made the last one, which may be long ago. Records
   * that the database has already are left out.
   *
   * @throws SQLException when nothing of it is certain to be written
   */
  void write(List<Exported> records) throws SQLException {
    Connection open = open();
    List<Exported> fresh = records.stream().filter(it -> it.position() > position).toList();
    if (fresh.isEmpty()) {
      return;
    }
    Exported last = fresh.getLast();
    try {
      advance(open, last);
      new Tables(open, setting.engineId()).write(NetEffect.of(fresh));
      open.commit();
      position = last.position();
    } catch (SQLException e) {
      close();
      throw e;
    }
  }

  /** Two brokers may believe for a moment that they lead a partition: only one moves it on. */
  private void advance(Connection open, Exported to) throws SQLException {
    try (PreparedStatement statement =
        open.prepareStatement(
            """
            update export_position set position = ?, exported_at = ?
            where engine_id = ? and partition_id = ? and position = ?
            """)) {
      statement.setLong(1, to.position());
      statement.setObject(2, to.at().atOffset(ZoneOffset.UTC));
      statement.setString(3, setting.engineId());
      statement.setInt(4, partitionId);
      statement.setLong(5, position);
      if (statement.executeUpdate() != 1) {
        throw new SQLException(
            "Expected partition " + partitionId + " to stand at " + position + ", but it moved");
      }
    }
  }

  /**
   * Removes a limited number of old finished instances, and old resolved incidents, of whatever
   * engine.
   *
   * @return true when there is more to remove
   */
  boolean prune(Instant now) throws SQLException {
    Connection open = open();
    Instant before = now.minus(setting.retention());
    try {
      int gone =
          update(
              open,
              """
              with old as (
                delete from process_instance where (engine_id, instance_key) in (
                  select engine_id, instance_key from process_instance
                  where ended_at < ? limit %1$d)
                returning engine_id, instance_key),
              counts as (
                delete from element_count c using old o
                where c.engine_id = o.engine_id and c.instance_key = o.instance_key)
              select count(*) from old
              """
                  .formatted(PRUNED_AT_ONCE),
              before);
      update(
          open,
          """
          with old as (delete from incident where resolved_at < ? returning 1)
          select count(*) from old
          """,
          before);
      open.commit();
      return gone == PRUNED_AT_ONCE;
    } catch (SQLException e) {
      close();
      throw e;
    }
  }

  private static int update(Connection open, String sql, Instant before) throws SQLException {
    try (PreparedStatement statement = open.prepareStatement(sql)) {
      statement.setObject(1, before.atOffset(ZoneOffset.UTC));
      try (ResultSet result = statement.executeQuery()) {
        result.next();
        return result.getInt(1);
      }
    }
  }

  private Connection open() throws SQLException {
    Connection known = connection;
    if (known != null) {
      return known;
    }
    Connection opened = new Driver().connect(setting.url(), properties());
    if (opened == null) {
      throw new SQLException("Expected an address of PostgreSQL, but got " + setting.url());
    }
    connection = opened;
    try {
      opened.setAutoCommit(false);
      position = read(opened);
      opened.commit();
      return opened;
    } catch (SQLException e) {
      close();
      throw e;
    }
  }

  private Properties properties() {
    Properties properties = new Properties();
    properties.setProperty("user", setting.user());
    properties.setProperty("password", setting.password());
    properties.setProperty("currentSchema", "engine");
    properties.setProperty("ApplicationName", "kodo-exporter");
    properties.setProperty("connectTimeout", "2");
    properties.setProperty("socketTimeout", "10");
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("reWriteBatchedInserts", "true");
    return properties;
  }

  private long read(Connection open) throws SQLException {
    try (PreparedStatement statement =
        open.prepareStatement(
            """
            insert into export_position (engine_id, partition_id, position, exported_at)
            values (?, ?, 0, now())
            on conflict (engine_id, partition_id) do update set position = export_position.position
            returning position
            """)) {
      statement.setString(1, setting.engineId());
      statement.setInt(2, partitionId);
      try (ResultSet result = statement.executeQuery()) {
        result.next();
        return result.getLong(1);
      }
    }
  }

  @Override
  public void close() {
    Connection open = connection;
    connection = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException ignoredSinceItIsThrownAway) {
        // The server notices by itself.
      }
    }
  }
}
