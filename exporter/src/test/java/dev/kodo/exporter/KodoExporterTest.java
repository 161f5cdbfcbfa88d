package dev.kodo.exporter;

import static io.camunda.zeebe.protocol.record.intent.ProcessInstanceIntent.ELEMENT_ACTIVATING;
import static io.camunda.zeebe.protocol.record.intent.ProcessInstanceIntent.ELEMENT_COMPLETED;
import static io.camunda.zeebe.protocol.record.intent.ProcessInstanceIntent.ELEMENT_TERMINATED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kodo.kernel.books.TestBooks;
import io.camunda.zeebe.exporter.api.ExporterException;
import io.camunda.zeebe.protocol.record.Record;
import io.camunda.zeebe.protocol.record.intent.IncidentIntent;
import io.camunda.zeebe.protocol.record.intent.JobIntent;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class KodoExporterTest {
  private static final String SUMMARY =
      """
      select concat_ws(' ', instance_key, state, agent_id) from process_instance
      union all select concat_ws(' ', element_id, 'is active') from element_instance
      union all select concat_ws(' ', element_id, 'done', completed) from element_count
      union all select concat_ws(' ', 'job', job_key, state, retries, worker, error_message) from job
      union all select concat_ws(' ', 'incident', incident_key, job_type, message,
        case when resolved_at is null then 'open' else 'resolved' end) from incident
      """;

  private TestBooks books;

  @BeforeEach
  void prepare() throws SQLException {
    books = TestBooks.fresh();
  }

  @Test
  void writesWhereTheTokensAreAndWhatWasDone() throws Exception {
    Records log = new Records(1).definition(7, "story", "<definitions>鼓動\0</definitions>");
    log.instance(100, ELEMENT_ACTIVATING).agent(100, "\"main\"");
    log.element(101, 100, "Task_Tell", ELEMENT_ACTIVATING);
    log.job(102, 100, JobIntent.CREATED, 3, "");
    log.handOut(102, 100, "kodo", Records.BEGIN.plusSeconds(60));
    engine(1).export(log.all());

    assertThat(rows())
        .containsExactlyInAnyOrder(
            "100 active main", "Task_Tell is active", "job 102 activated 3 kodo");
    assertThat(query("select resource from process_definition"))
        .containsExactly("<definitions>鼓動</definitions>");

    log.all().clear();
    log.job(102, 100, JobIntent.COMPLETED, 3, "");
    log.element(101, 100, "Task_Tell", ELEMENT_COMPLETED).instance(100, ELEMENT_COMPLETED);
    engine(1).export(log.all());

    assertThat(rows()).containsExactlyInAnyOrder("100 completed main", "Task_Tell done 1");
  }

  @Test
  void keepsAnIncidentWithItsJobUntilItIsResolved() throws Exception {
    Records log = stuck(new Records(1), 100);
    TestEngine engine = engine(1).export(log.all());

    assertThat(rows())
        .contains("job 102 failed 0 No such folder", "incident 104 tell No more retries open");

    log.all().clear();
    log.job(102, 100, JobIntent.RETRIES_UPDATED, 3, "No such folder");
    log.incident(104, 100, 102, IncidentIntent.RESOLVED, "No more retries");
    engine.export(log.all());

    assertThat(rows())
        .contains("job 102 failed 3 No such folder", "incident 104 tell No more retries resolved");
  }

  @Test
  void takesAnInstanceThatIsNamedTwiceInOneBatch() throws Exception {
    Records log = new Records(1).instance(100, ELEMENT_ACTIVATING);
    log.instance(100, ELEMENT_ACTIVATING).instance(101, ELEMENT_ACTIVATING);
    log.instance(102, ELEMENT_ACTIVATING);
    TestEngine engine = engine(1).export(log.all());

    assertThat(query("select state from process_instance"))
        .containsExactly("active", "active", "active");
    assertThat(engine.acknowledged()).isEqualTo(log.all().getLast().getPosition());
  }

  @Test
  void changesNothingWhenTheLogIsPlayedAgain() throws Exception {
    Records log = stuck(new Records(1), 100);
    log.element(101, 100, "Task_Tell", ELEMENT_COMPLETED).instance(100, ELEMENT_TERMINATED);
    engine(1).export(log.all()).stop();
    List<String> before = rows();

    engine(1).export(log.all()).stop();
    TestEngine third = engine(1).export(log.all().subList(2, 6));

    assertThat(rows()).isEqualTo(before).contains("Task_Tell done 1");
    assertThat(third.acknowledged()).isEqualTo(log.all().get(5).getPosition());
  }

  @Test
  void takesAPositionForWrittenOnlyWithItsRows() throws Exception {
    Records log = stuck(new Records(1), 100);
    books.asAdmin("alter table engine.incident rename to away");
    TestEngine engine = engine(1).export(log.all());

    assertThat(engine.acknowledged()).isEqualTo(-1);
    assertThat(query("select position from export_position")).containsExactly("0");
    assertThat(query("select state from process_instance")).isEmpty();

    books.asAdmin("alter table engine.away rename to incident");
    engine.pass(Duration.ofSeconds(20));

    assertThat(engine.acknowledged()).isEqualTo(log.all().getLast().getPosition());
    assertThat(rows()).contains("100 active", "incident 104 tell No more retries open");
  }

  @Test
  void losesNothingWhileTheDatabaseIsAway() throws Exception {
    Records log = new Records(1);
    for (int i = 0; i < Backlog.MOST + 700; i++) {
      log.instance(1000 + i, ELEMENT_ACTIVATING);
    }
    login(false);
    TestEngine engine = engine(1);
    List<Record<?>> refused = new ArrayList<>(log.all());
    while (refused.size() > 700) {
      engine.offer(refused.removeFirst());
    }

    assertThatThrownBy(() -> engine.offer(refused.getFirst()))
        .isInstanceOf(ExporterException.class)
        .hasMessageContaining("takes no records");
    assertThat(engine.pass(Duration.ofMinutes(1)).acknowledged()).isEqualTo(-1);

    login(true);
    engine.pass(Duration.ofSeconds(15)).export(refused);

    assertThat(query("select count(*) from process_instance"))
        .containsExactly(Integer.toString(log.all().size()));
    assertThat(engine.acknowledged()).isEqualTo(log.all().getLast().getPosition());
  }

  @Test
  void goesOnAfterItsConnectionWasCut() throws Exception {
    Records log = new Records(1).instance(100, ELEMENT_ACTIVATING);
    TestEngine engine = engine(1).export(log.all());

    cutConnections();
    log.all().clear();
    engine.export(log.instance(100, ELEMENT_COMPLETED).all()).pass(Duration.ofSeconds(2));

    assertThat(rows()).containsExactly("100 completed");
    assertThat(engine.acknowledged()).isEqualTo(6);
  }

  /** A broker that lost a partition may not know it yet; what it still has is known already. */
  @Test
  void countsOnceWhenTwoBrokersExportTheSamePartition() throws Exception {
    Records log = new Records(1).instance(100, ELEMENT_ACTIVATING);
    TestEngine former = engine(1).export(log.all());
    log.element(101, 100, "Task_Tell", ELEMENT_ACTIVATING);
    log.element(101, 100, "Task_Tell", ELEMENT_COMPLETED);
    List<Record<?>> news = log.all().subList(1, 3);

    engine(1).export(news);
    former.export(news).pass(Duration.ofSeconds(5));

    assertThat(rows()).containsExactlyInAnyOrder("100 active", "Task_Tell done 1");
  }

  @Test
  void keepsThePositionOfEachPartition() throws Exception {
    Records one = stuck(new Records(1), 100);
    Records two = stuck(new Records(2), 9100);
    two.instance(9200, ELEMENT_ACTIVATING).instance(9300, ELEMENT_ACTIVATING);
    TestEngine second = engine(2);
    TestEngine first = engine(1);

    second.export(two.all());
    first.export(one.all());

    assertThat(query("select partition_id || ' ' || position from export_position order by 1"))
        .containsExactly(
            "1 " + one.all().getLast().getPosition(), "2 " + two.all().getLast().getPosition());
    assertThat(rows()).contains("100 active", "9100 active", "9200 active", "9300 active");
  }

  @Test
  void saysUpToWhichMomentOfTheEngineItHasWritten() throws Exception {
    Records log = stuck(new Records(1), 100);
    TestEngine engine = engine(1);
    engine.pass(Duration.ofHours(3));

    engine.export(log.all());

    assertThat(
            query("select (extract(epoch from exported_at) * 1000)::bigint from export_position"))
        .as("not when it wrote them")
        .containsExactly(Long.toString(log.all().getLast().getTimestamp()));
  }

  @Test
  void beginsAnewForAnotherEngine() throws Exception {
    engine(1).export(stuck(new Records(1), 100).all());
    Map<String, Object> arguments = arguments();
    arguments.put("engineid", "e-2");

    new TestEngine(1, arguments)
        .start()
        .export(new Records(1).instance(100, ELEMENT_ACTIVATING).all());

    assertThat(query("select engine_id || ' ' || position from export_position order by 1"))
        .hasSize(2)
        .contains("e-2 3");
    assertThat(query("select engine_id from process_instance order by 1"))
        .containsExactly("e-1", "e-2");
  }

  @Test
  void leavesOutOnlyTheRecordThatTheDatabaseRefuses() throws Exception {
    books.asAdmin(
        "alter table engine.process_instance add constraint odd check (instance_key <> 102)");
    Records log = new Records(1);
    for (int i = 0; i < 5; i++) {
      log.instance(100 + i, ELEMENT_ACTIVATING);
    }

    TestEngine engine = engine(1).export(log.all());

    assertThat(rows())
        .containsExactlyInAnyOrder("100 active", "101 active", "103 active", "104 active");
    assertThat(engine.acknowledged()).isEqualTo(15);
  }

  /** A row that is written twice at once, and one that is too large for an index. */
  @ParameterizedTest
  @ValueSource(strings = {"21000", "54000"})
  void standsStillForNoRecordThatTheDatabaseRefusesForEver(String state) throws Exception {
    books.asAdmin(
        """
        create function odd() returns trigger language plpgsql as $$
        begin raise exception 'odd' using errcode = '%s'; end $$;
        create trigger odd before insert on engine.process_instance for each row
          when (new.instance_key = 102) execute function odd();
        """
            .formatted(state));
    Records log = new Records(1).instance(101, ELEMENT_ACTIVATING);
    log.instance(102, ELEMENT_ACTIVATING).instance(103, ELEMENT_ACTIVATING);

    TestEngine engine = engine(1).export(log.all());

    assertThat(rows()).containsExactlyInAnyOrder("101 active", "103 active");
    assertThat(engine.acknowledged()).isEqualTo(log.all().getLast().getPosition());
  }

  @Test
  void forgetsAJobWhoseErrorWasCaught() throws Exception {
    Records log = new Records(1).instance(100, ELEMENT_ACTIVATING);
    log.job(102, 100, JobIntent.CREATED, 3, "");
    TestEngine engine = engine(1).export(log.all());
    log.all().clear();

    engine.export(log.job(102, 100, JobIntent.ERROR_THROWN, 3, "No such folder").all());

    assertThat(rows()).containsExactly("100 active");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void keepsAJobWhoseErrorNothingCaughtAndWhereItWas(boolean inOneBatch) throws Exception {
    Records log = new Records(1).instance(100, ELEMENT_ACTIVATING);
    log.job(102, 100, JobIntent.CREATED, 3, "");
    TestEngine engine = engine(1);
    if (!inOneBatch) {
      engine.export(log.all());
      log.all().clear();
    }
    log.uncaught(102, 100, JobIntent.ERROR_THROWN, "No such folder");
    log.incident(104, 100, 102, IncidentIntent.CREATED, "Nothing caught it");

    engine.export(log.all());

    assertThat(rows())
        .containsExactlyInAnyOrder(
            "100 active",
            "job 102 error-thrown 3 No such folder",
            "incident 104 tell Nothing caught it open");
    assertThat(query("select element_id from job union all select element_id from incident"))
        .containsExactly("Task_Tell", "Task_Tell");

    log.all().clear();
    log.uncaught(102, 100, JobIntent.RETRIES_UPDATED, "No such folder");
    engine.export(log.all());
    assertThat(query("select concat_ws(' ', element_id, state) from job"))
        .containsExactly("Task_Tell failed");
  }

  @Test
  void storesTextsThatPostgresqlWouldRefuse() throws Exception {
    Records log = new Records(1);
    String message = "a\0b" + "x".repeat(1997) + "\uD83E\uDD41";
    log.incident(104, 100, -1, IncidentIntent.CREATED, message);

    engine(1).export(log.all());

    assertThat(query("select message from incident")).containsExactly("ab" + "x".repeat(1997));
  }

  @Test
  void forgetsFinishedInstancesAfterTheirTime() throws Exception {
    Records log =
        new Records(1).instance(100, ELEMENT_ACTIVATING).instance(200, ELEMENT_ACTIVATING);
    log.element(101, 100, "Task_Tell", ELEMENT_COMPLETED).instance(100, ELEMENT_COMPLETED);
    log.element(201, 200, "Task_Tell", ELEMENT_COMPLETED);
    TestEngine engine = engine(1).export(log.all());

    engine.pass(Duration.ofMinutes(50));
    assertThat(rows()).contains("100 completed");

    engine.pass(Duration.ofMinutes(25));
    assertThat(rows()).containsExactlyInAnyOrder("200 active", "Task_Tell done 1");
  }

  @Test
  void takesNothingElseForAnAgent() throws Exception {
    Records log = new Records(1);
    for (String json : List.of("17", "\"Main\"", "\"../x\"", "null", "[\"main\"]")) {
      log.agent(100, json);
    }
    engine(1).export(log.instance(100, ELEMENT_ACTIVATING).all());

    assertThat(rows()).containsExactly("100 active");
  }

  @Test
  void leavesOutWhatNobodyWantsToSee() throws Exception {
    Map<String, Object> arguments = arguments();
    arguments.put("ignored", "kodo-canary,story");

    TestEngine engine =
        new TestEngine(1, arguments).start().export(stuck(new Records(1), 100).all());

    assertThat(rows()).isEmpty();
    assertThat(engine.acknowledged()).isEqualTo(15);
  }

  @Test
  void refusesToStartWithoutAnArgumentAndNamesIt() {
    for (String name : List.of("url", "user", "password", "engineid", "retention")) {
      Map<String, Object> arguments = arguments();
      arguments.remove(name);

      assertThatThrownBy(() -> new TestEngine(1, arguments).start())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'" + name + "'");
    }
  }

  @Test
  void letsTheWorkersReadAndNotWrite() throws Exception {
    engine(1).export(stuck(new Records(1), 100).all());

    try (Connection connection = books.workers().connect();
        Statement statement = connection.createStatement()) {
      try (ResultSet result = statement.executeQuery("select count(*) from engine.incident")) {
        result.next();
        assertThat(result.getInt(1)).isEqualTo(1);
      }
      assertThatThrownBy(() -> statement.execute("delete from engine.incident"))
          .hasMessageContaining("permission denied");
    }
  }

  @Test
  void mayNotTouchTheTablesOfOthers() throws Exception {
    try (Connection connection = books.engine().access().connect();
        Statement statement = connection.createStatement()) {
      for (String sql :
          List.of(
              "select * from guard.audit_entry",
              "create table public.mine (id int)",
              "create schema mine")) {
        assertThatThrownBy(() -> statement.execute(sql)).hasMessageContaining("permission denied");
      }
    }
  }

  private static Records stuck(Records log, long instance) {
    log.instance(instance, ELEMENT_ACTIVATING);
    log.element(instance + 1, instance, "Task_Tell", ELEMENT_ACTIVATING);
    log.job(instance + 2, instance, JobIntent.CREATED, 3, "");
    log.job(instance + 2, instance, JobIntent.FAILED, 0, "No such folder");
    return log.incident(
        instance + 4, instance, instance + 2, IncidentIntent.CREATED, "No more retries");
  }

  private TestEngine engine(int partition) throws Exception {
    return new TestEngine(partition, arguments()).start();
  }

  private Map<String, Object> arguments() {
    return new HashMap<>(
        Map.of(
            "url", books.engine().access().url(),
            "user", books.engine().access().user(),
            "password", books.engine().access().password(),
            "engineid", "e-1",
            "retention", "PT1H"));
  }

  private void login(boolean permitted) throws SQLException {
    books.asAdmin(
        "revoke connect on database %1$s from kodo_exporter; %2$s"
            .formatted(
                database(),
                permitted
                    ? "grant connect on database %s to kodo_exporter".formatted(database())
                    : ""));
  }

  private void cutConnections() throws SQLException {
    books.asAdmin(
        """
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and usename = 'kodo_exporter'
        """);
  }

  private String database() {
    String url = books.admin().url();
    return url.substring(url.lastIndexOf('/') + 1);
  }

  private List<String> rows() throws SQLException {
    return query(SUMMARY);
  }

  private List<String> query(String sql) throws SQLException {
    try (Connection connection =
            books.admin().connect(Map.of("currentSchema", "engine", "stringtype", "unspecified"));
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<String> rows = new ArrayList<>();
      while (result.next()) {
        rows.add(result.getString(1));
      }
      return rows.stream().sorted().toList();
    }
  }
}
