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
      with workers as (select * from pg_roles where rolname = ?)
      select 'it is a superuser' from workers where rolsuper
      union all
      select 'it may create roles' from workers where rolcreaterole
      union all
      select 'it may replicate the server' from workers where rolreplication
      union all
      select 'it may become ' || r.rolname from workers w, pg_roles r
        where r.oid <> w.oid and pg_has_role(w.oid, r.oid, 'member')
          and (r.rolname in (current_user, 'pg_write_all_data', 'pg_write_server_files',
              'pg_execute_server_program')
            or r.rolsuper or r.rolcreaterole)
      union all
      select 'it owns the database' from workers, pg_database
        where datname = current_database() and pg_has_role(workers.oid, datdba, 'member')
      union all
      select 'it owns the schema guard' from workers, pg_namespace
        where nspname = 'guard' and pg_has_role(workers.oid, nspowner, 'member')
      union all
      select 'it may create in the schema ' || nspname from workers, pg_namespace
        where nspname = 'guard' and has_schema_privilege(workers.oid, pg_namespace.oid, 'create')
      union all
      select 'it may change the table ' || c.relname
        from workers w, pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'guard' and c.relkind in ('r', 'p', 'v', 'm', 'f')
          and (has_table_privilege(w.oid, c.oid, 'insert, update, delete, truncate, references, trigger')
            or has_any_column_privilege(w.oid, c.oid, 'insert, update, references'))
      union all
      select 'it may run the function ' || p.proname
        from workers w, pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where n.nspname = 'guard' and p.prosecdef and has_function_privilege(w.oid, p.oid, 'execute')
      """;

  private Separation() {}

  /** Throws a problem that names every power that the role has too much. */
  static void require(Connection connection, String workersRole) throws SQLException {
    List<String> powers = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(POWERS)) {
      statement.setString(1, workersRole);
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
