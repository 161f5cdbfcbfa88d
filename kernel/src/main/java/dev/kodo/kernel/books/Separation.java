package dev.kodo.kernel.books;

import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What the workers' role must not be able to do, asked of the server itself. */
final class Separation {
  private static final String POWERS =
      """
      select 'it is a superuser' from pg_roles where rolname = ? and rolsuper
      union all
      select 'it may become ' || current_user where pg_has_role(?, current_user, 'member')
      union all
      select 'it owns the database' from pg_database
        where datname = current_database() and pg_has_role(?, datdba, 'member')
      union all
      select 'it may create in the schema ' || nspname from pg_namespace
        where nspname = 'guard' and has_schema_privilege(?, oid, 'create')
      union all
      select 'it may change the table ' || c.relname
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'guard' and c.relkind = 'r'
          and has_table_privilege(?, c.oid, 'insert, update, delete, truncate, references, trigger')
      """;

  private Separation() {}

  /** Throws a problem that names every power that the role has too much. */
  static void require(Connection connection, String workersRole) throws SQLException {
    List<String> powers = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(POWERS)) {
      for (int i = 1; i <= statement.getParameterMetaData().getParameterCount(); i++) {
        statement.setString(i, workersRole);
      }
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          powers.add(result.getString(1));
        }
      }
    }
    if (!powers.isEmpty()) {
      throw new Problem(
          ProblemCode.BOOKS_UNPROTECTED,
          "Expected the workers' role "
              + workersRole
              + " only to read the guard's books, but "
              + String.join(", ", powers)
              + ".");
    }
  }
}
