package dev.kodo.structure.planted;

import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Planted: hands out rows that hold a connection. */
final class LeavesAConnectionOpen {
  private LeavesAConnectionOpen() {}

  static Stream<String> names(JdbcClient jdbc) {
    return jdbc.sql("select agent_id from agent").query(String.class).stream();
  }
}
