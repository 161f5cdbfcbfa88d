package dev.kodo.kernel.audit;

import dev.kodo.kernel.books.TestBooks;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** A log in a database and a folder of its own. */
record TestLog(TestBooks books, Path home) {

  static TestLog in(Path home) throws SQLException {
    return new TestLog(TestBooks.fresh(), home);
  }

  AuditFolder folder() {
    return new AuditFolder(home.resolve("audit"));
  }

  AuditLog open() throws SQLException, IOException {
    return open(Clock.systemUTC(), Duration.ofMinutes(1));
  }

  AuditLog open(Clock clock, Duration sealAfter) throws SQLException, IOException {
    AuditKey key = AuditKey.obtain(home.resolve("secrets"), folder());
    return AuditLog.open(new AuditSetting(books.take(), folder(), key, clock, sealAfter));
  }

  /** Opens the log, appends so many entries and closes it, which seals them. */
  void write(int count) throws SQLException, IOException {
    try (AuditLog log = open()) {
      for (int i = 0; i < count; i++) {
        log.append(event(i));
      }
    }
  }

  static AuditEvent event(int number) {
    return AuditEvent.of(Actor.GUARD, Kind.MODEL_CALL, "provider/model-" + number, "ok")
        .by("main", "20261121040000")
        .about(Hash.of(new byte[] {(byte) number}))
        .with(Map.of("tokens", Integer.toString(number), "cost", "0.01"));
  }

  AuditReport verify() throws SQLException, IOException {
    return new AuditVerification(books.guard(), folder()).run();
  }

  /** Does what only a superuser can: changes entries although triggers forbid it. */
  void tamper(String sql) throws SQLException {
    books.asAdmin("set session_replication_role = replica; set search_path = guard; " + sql);
  }

  long number(String sql) throws SQLException {
    try (Connection connection = books.guard().connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getLong(1);
    }
  }
}
