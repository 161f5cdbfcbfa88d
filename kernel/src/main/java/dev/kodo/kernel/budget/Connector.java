package dev.kodo.kernel.budget;

import java.sql.Connection;
import java.sql.SQLException;

/** Opens connections with the right to write the guard's tables. */
@FunctionalInterface
public interface Connector {
  Connection connect() throws SQLException;
}
