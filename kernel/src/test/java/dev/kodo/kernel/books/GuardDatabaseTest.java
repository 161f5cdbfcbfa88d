package dev.kodo.kernel.books;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kodo.kernel.engine.EngineRecords;
import dev.kodo.kernel.postgres.DatabaseAccess;
import dev.kodo.kernel.postgres.DatabaseSetUp;
import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class GuardDatabaseTest {
  private static final String ENTRY =
      """
      insert into guard.audit_entry
      values (1, now(), 'kernel', 'start', null, null, 'kodo', 'done', null, '{}',
              sha256(''), sha256('x'))
      """;

  private static TestBooks books;

  @BeforeAll
  static void prepare() throws SQLException {
    books = TestBooks.fresh();
    write(books, ENTRY);
  }

  @Test
  void letsTheWorkersReadAndHaveTablesOfTheirOwn() throws SQLException {
    TestBooks.execute(books.workers(), "create table public.own (id int)");
    TestBooks.execute(books.workers(), "insert into public.own values (1)");

    assertThat(count("select count(*) from guard.audit_entry")).isEqualTo(1);
    assertThat(count("select count(*) from guard.audit_checkpoint")).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ENTRY,
        "update guard.audit_entry set subject = 'x'",
        "delete from guard.audit_entry",
        "truncate guard.audit_entry",
        "insert into guard.audit_checkpoint values (1, 1, sha256(''), sha256(''), now(), '')",
        "delete from guard.flyway_schema_history",
        "insert into guard.spend default values",
        "update guard.spend set settled_usd = 0",
        "delete from guard.window_mark",
        "insert into guard.keeper values (true, gen_random_uuid())",
        "update guard.keeper set name = gen_random_uuid()",
        "begin; select 1 from guard.keeper for share",
        "create or replace function guard.require_keeper() returns trigger language plpgsql"
            + " as 'begin return null; end'",
        "drop table guard.audit_entry",
        "drop table guard.audit_entry cascade",
        "alter table guard.audit_entry add column x int",
        "alter table guard.audit_entry disable trigger all",
        "alter table guard.audit_entry owner to kodo",
        "alter table guard.audit_entry set schema public",
        "create trigger t before insert on guard.audit_entry execute function guard.refuse_change()",
        "create rule r as on insert to guard.audit_entry do instead nothing",
        "create index i on guard.audit_entry (kind)",
        "create table public.child () inherits (guard.audit_entry)",
        "create table public.child (seq bigint references guard.audit_entry)",
        "create table guard.mine (id int)",
        "create or replace function guard.refuse_change() returns trigger language plpgsql"
            + " as 'begin return null; end'",
        "drop function guard.refuse_change() cascade",
        "begin; lock table guard.audit_entry in exclusive mode",
        "set role kodo_guard",
        "set session authorization kodo_guard",
        "set session_replication_role = replica",
        "alter role kodo_guard password 'x'",
        "alter role kodo superuser",
        "create role other",
        "drop schema guard cascade",
        "alter schema guard owner to kodo",
        "alter schema guard rename to other",
        "create schema other",
        "alter database \"DATABASE\" owner to kodo",
        "alter database \"DATABASE\" rename to other",
        "alter database \"DATABASE\" set search_path = public",
        "create temporary table audit_entry (id int)",
        "copy guard.audit_entry from program 'true'"
      })
  void refusesTheWorkersEveryChange(String sql) throws SQLException {
    String database = books.workers().url().substring(books.workers().url().lastIndexOf('/') + 1);

    assertThatThrownBy(() -> TestBooks.execute(books.workers(), sql.replace("DATABASE", database)))
        .isInstanceOf(SQLException.class)
        .hasMessageMatching("(?s).*(permission denied|must be owner|not be able to SET ROLE).*");
    assertThat(count("select count(*) from guard.audit_entry where subject = 'kodo'")).isEqualTo(1);
  }

  @Test
  void refusesTheWorkersToDropTheDatabase() {
    String name = books.workers().url().substring(books.workers().url().lastIndexOf('/') + 1);
    var elsewhere =
        new DatabaseAccess(
            books.workers().url().replace(name, "postgres"),
            books.workers().user(),
            books.workers().password());

    assertThatThrownBy(() -> TestBooks.execute(elsewhere, "drop database " + name))
        .hasMessageContaining("must be owner of database");
  }

  @Test
  void grantsNothingOn() throws SQLException {
    // PostgreSQL only warns when there is no right to give away, so the effect is what counts.
    TestBooks.execute(books.workers(), "grant insert on guard.audit_entry to kodo");
    TestBooks.execute(books.workers(), "grant all on schema guard to public");

    assertThatCode(() -> books.guard().migrate(DatabaseSetUp.WORKERS)).doesNotThrowAnyException();
    assertThatThrownBy(() -> TestBooks.execute(books.workers(), ENTRY.replace("(1,", "(2,")))
        .hasMessageContaining("permission denied");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update guard.audit_entry set subject = 'x'",
        "delete from guard.audit_entry",
        "truncate guard.audit_checkpoint"
      })
  void refusesTheOwnerASlipOfThePen(String sql) {
    assertThatThrownBy(() -> TestBooks.execute(books.guard().access(), sql))
        .hasMessageContaining("to be only appended to");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "insert into guard.spend default values",
        "update guard.spend set settled_usd = 0",
        "delete from guard.spend",
        "insert into guard.window_mark values ('clock', now())",
        "insert into guard.audit_checkpoint values (1, 1, sha256(''), sha256(''), now(), '')"
      })
  void refusesEveryWriterThatIsNotTheKeeper(String sql) {
    assertThatThrownBy(() -> TestBooks.execute(books.guard().access(), sql))
        .isInstanceOfSatisfying(
            SQLException.class, refused -> assertThat(KeptBooks.isOutdated(refused)).isTrue());
  }

  @Test
  void changesNothingUnderAnotherKernelThatWorks() throws SQLException {
    TestBooks held = TestBooks.fresh();
    try (KeptBooks kept = held.keep()) {
      held.asAdmin(
          "drop trigger kept on guard.spend; delete from guard.flyway_schema_history where version = '4'");

      assertThatThrownBy(held::keep)
          .isInstanceOfSatisfying(
              Problem.class,
              problem -> assertThat(problem.code()).isEqualTo(ProblemCode.BOOKS_OF_ANOTHER));
      try (Connection connection = kept.connect();
          Statement statement = connection.createStatement();
          ResultSet row =
              statement.executeQuery(
                  "select count(*) from guard.flyway_schema_history where version = '4'")) {
        assertThat(row.next()).isTrue();
        assertThat(row.getInt(1)).as("the migration did not run").isZero();
      }
    }
  }

  @Test
  void looksForNamesInItsOwnSchemaOnly() throws SQLException {
    TestBooks.execute(books.workers(), "create table public.trap (id int)");

    try (Connection connection = books.guard().connect();
        Statement statement = connection.createStatement();
        ResultSet path = statement.executeQuery("show search_path")) {
      assertThat(path.next()).isTrue();
      assertThat(path.getString(1)).isEqualTo("guard");
      assertThatThrownBy(() -> statement.executeQuery("select * from trap"))
          .hasMessageContaining("does not exist");
    }
  }

  @Test
  void readsWithoutBeingAbleToWrite() throws SQLException {
    try (Connection reader = books.guard().reader();
        Statement statement = reader.createStatement()) {
      assertThatThrownBy(() -> statement.execute(ENTRY.replace("(1,", "(2,")))
          .hasMessageContaining("read-only transaction");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "grant insert on guard.spare to kodo",
        "grant kodo_guard to kodo",
        "grant create on schema guard to kodo",
        "alter table guard.spare owner to kodo",
        "grant update (hash) on guard.audit_entry to kodo",
        "grant update on guard.window_to_the_spare to kodo",
        "grant execute on function guard.as_owner() to kodo",
        "alter schema guard owner to kodo",
        "alter role kodo createrole",
        "alter role kodo replication",
        "grant pg_write_all_data to kodo",
        "grant pg_write_server_files to kodo",
        "grant pg_execute_server_program to kodo"
      })
  void refusesToWorkWhenTheWorkersCouldWrite(String mistake) throws SQLException {
    TestBooks spoiled = TestBooks.fresh();
    TestBooks.execute(
        spoiled.guard().access(),
        """
        create table guard.spare (id int);
        create view guard.window_to_the_spare as select * from guard.spare;
        create function guard.as_owner() returns void language sql security definer as 'select';
        revoke all on function guard.as_owner() from public
        """);
    spoiled.asAdmin(mistake);
    try {
      assertThatThrownBy(() -> separation(spoiled))
          .isInstanceOfSatisfying(
              Problem.class,
              problem -> assertThat(problem.code()).isEqualTo(ProblemCode.BOOKS_UNPROTECTED))
          .hasMessageContaining("role kodo");
    } finally {
      spoiled.asAdmin(
          """
          revoke kodo_guard, pg_write_all_data, pg_write_server_files, pg_execute_server_program
            from kodo;
          alter role kodo nocreaterole noreplication
          """);
    }
  }

  @Test
  void worksAtAServerThatWasPreparedByTheStatementsOfTheDocumentation() throws Exception {
    String page = Files.readString(Path.of("..", "docs", "operations.md"));
    String sql = page.substring(page.indexOf("```sql") + 6);
    String[] parts =
        sql.substring(0, sql.indexOf("```"))
            .replace("kodo", "other")
            .split(Pattern.quote("\\connect other"), 2);
    for (String statement : parts[0].split(";", -1)) {
      books.asAdmin(statement);
    }
    String url = books.admin().url().replaceFirst("/kodo_[0-9]+$", "/other");
    TestBooks.execute(
        new DatabaseAccess(url, books.admin().user(), books.admin().password()), parts[1]);

    new GuardDatabase(new DatabaseAccess(url, "other_guard", "another")).migrate("other");
    new EngineRecords(new DatabaseAccess(url, "other_exporter", "a-third")).migrate("other");

    DatabaseAccess workers = new DatabaseAccess(url, "other", "one");
    TestBooks.execute(workers, "create table own (id int)");
    TestBooks.execute(workers, "select * from guard.audit_entry");
    TestBooks.execute(workers, "select * from engine.incident");
    assertThatThrownBy(() -> TestBooks.execute(workers, ENTRY))
        .hasMessageContaining("permission denied");
  }

  @Test
  void migratesAgainWithoutAChangeAndKeepsAHistoryOfItsOwn() throws SQLException {
    books.guard().migrate(DatabaseSetUp.WORKERS);

    assertThat(count("select count(*) from guard.flyway_schema_history where success"))
        .isPositive();
    assertThat(
            count(
                "select count(*) from pg_tables where schemaname = 'public'"
                    + " and tablename like 'flyway%'"))
        .isZero();
  }

  private static void write(TestBooks books, String sql) throws SQLException {
    try (KeptBooks kept = books.keep();
        Connection connection = kept.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void separation(TestBooks spoiled) throws SQLException {
    try (Connection connection = spoiled.guard().connect()) {
      Separation.require(connection, DatabaseSetUp.WORKERS);
    }
  }

  private long count(String sql) throws SQLException {
    try (Connection connection = books.workers().connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      assertThat(result.next()).isTrue();
      return result.getLong(1);
    }
  }
}
