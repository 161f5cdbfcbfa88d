package dev.kodo.repair;

import dev.kodo.config.KodoProperties;
import dev.kodo.process.StuckStep;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The tables of stuck steps and of what was tried. */
@Component
class RepairStore {
  private final JdbcClient jdbc;
  private final String engineId;
  private final Clock clock;

  RepairStore(JdbcClient jdbc, KodoProperties properties, Clock clock) {
    this.jdbc = jdbc;
    this.engineId = properties.engineId();
    this.clock = clock;
  }

  /**
   * Keeps what was seen; a step that was thought to be free and is stuck again counts on. To wait
   * for a worker and to try again are counted apart.
   */
  void see(String agentId, StuckStep step) {
    jdbc.sql(
            """
            insert into repair (repair_id, engine_id, element_key, agent_id, step_key, instance_key, process_id,
              element_id, kind, job_key, job_type, message, state, stuck_since, found_at, changed_at)
            values ('R-' || nextval('repair_number'), :engine, :element, :agent, :step, :instance, :process,
              :elementId, :kind, :job, :jobType, :message, 'stuck', :since, :now, :now)
            on conflict (engine_id, element_key) do update set agent_id = excluded.agent_id,
              step_key = excluded.step_key, kind = excluded.kind, job_key = excluded.job_key,
              job_type = excluded.job_type, message = excluded.message,
              stuck_since = excluded.stuck_since, changed_at = excluded.changed_at,
              attempts = case when (repair.kind = :unclaimed) = (excluded.kind = :unclaimed)
                then repair.attempts else 0 end,
              last_attempt_at = case when (repair.kind = :unclaimed) = (excluded.kind = :unclaimed)
                then repair.last_attempt_at end,
              state = case when repair.state = 'gone' or repair.agent_id <> excluded.agent_id
                then 'stuck' else repair.state end,
              decision_id = case when repair.state <> 'gone' and repair.agent_id = excluded.agent_id
                then repair.decision_id end
            where repair.step_key <> excluded.step_key or repair.state = 'gone'
              or repair.agent_id <> excluded.agent_id
              or repair.state = 'stuck' and repair.stuck_since <> excluded.stuck_since
            """)
        .param("engine", engineId)
        .param("element", step.elementKey())
        .param("agent", agentId)
        .param("step", step.key())
        .param("instance", step.instanceKey())
        .param("process", step.processId())
        .param("elementId", step.elementId())
        .param("kind", step.kind())
        .param("unclaimed", StuckStep.UNCLAIMED)
        .param("job", step.jobKey())
        .param("jobType", step.jobType())
        .param("message", step.message())
        .param("since", step.since().atOffset(ZoneOffset.UTC))
        .param("now", now())
        .update();
  }

  /** Marks what is no longer stuck. */
  void markGone(Collection<Long> elementKeys) {
    for (Long key : elementKeys) {
      jdbc.sql(
              """
              update repair set state = 'gone', changed_at = :now
              where engine_id = :engine and element_key = :element
              """)
          .param("now", now())
          .param("engine", engineId)
          .param("element", key)
          .update();
    }
  }

  /** Every step of the agent that is not known to be free, the oldest first. */
  List<Repair> open(String agentId) {
    return jdbc.sql(
            """
            select * from repair where engine_id = :engine and agent_id = :agent and state <> 'gone'
            order by stuck_since, element_key
            """)
        .param("engine", engineId)
        .param("agent", agentId)
        .query((row, number) -> read(row))
        .list();
  }

  /** The same for all agents. */
  List<Repair> open() {
    return jdbc.sql(
            """
            select * from repair where engine_id = :engine and state <> 'gone'
            order by stuck_since, element_key
            """)
        .param("engine", engineId)
        .query((row, number) -> read(row))
        .list();
  }

  Optional<Repair> find(String repairId) {
    return jdbc.sql("select * from repair where repair_id = :id")
        .param("id", repairId)
        .query((row, number) -> read(row))
        .optional();
  }

  /** What was tried, one line for each attempt. */
  List<String> attempts(String repairId) {
    return jdbc.sql(
            """
            select to_char(at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS') || ' UTC: ' || action
              || case decided when 'person' then ', as a person wished' else '' end
            from repair_attempt where repair_id = :id order by number
            """)
        .param("id", repairId)
        .query(String.class)
        .list();
  }

  /**
   * Counts an attempt; the rules decide about the step again from now on.
   *
   * @return its number among all that was ever tried with this step
   */
  int recordAttempt(Repair repair, String action) {
    int number =
        jdbc.sql(
                """
            insert into repair_attempt (repair_id, number, action, decided, at)
            select :id, coalesce(max(number), 0) + 1, :action, :decided, :now
            from repair_attempt where repair_id = :id
            returning number
            """)
            .param("id", repair.id())
            .param("action", action)
            .param("decided", repair.state() == RepairState.ASKED ? "person" : "rule")
            .param("now", now())
            .query(Integer.class)
            .single();
    jdbc.sql(
            """
            update repair set attempts = attempts + 1, last_attempt_at = :now, changed_at = :now,
              state = 'stuck', decision_id = null, question_key = null
            where repair_id = :id
            """)
        .param("id", repair.id())
        .param("now", now())
        .update();
    return number;
  }

  /**
   * A person is asked.
   *
   * @param questionKey the process instance that waits for the answer
   */
  void recordQuestion(String repairId, String decisionId, long questionKey) {
    jdbc.sql(
            """
            update repair set state = 'asked', decision_id = :decision, question_key = :question,
              changed_at = :now
            where repair_id = :id
            """)
        .param("decision", decisionId)
        .param("question", questionKey)
        .param("id", repairId)
        .param("now", now())
        .update();
  }

  /** The rules decide about the step again, unless somebody began anew with it meanwhile. */
  void forgetQuestion(Repair asked) {
    jdbc.sql(
            """
            update repair set state = 'stuck', decision_id = null, question_key = null, changed_at = :now
            where repair_id = :id and state = :state and question_key is not distinct from :question
            """)
        .param("id", asked.id())
        .param("state", asked.state().id())
        .param("question", asked.questionKey())
        .param("now", now())
        .update();
  }

  /** Nobody answered this question. */
  void leave(String repairId, String decisionId) {
    jdbc.sql(
            """
            update repair set state = 'left', decision_id = null, question_key = null, changed_at = :now
            where repair_id = :id and decision_id = :decision and state = 'asked'
            """)
        .param("id", repairId)
        .param("decision", decisionId)
        .param("now", now())
        .update();
  }

  /** A person gave it up. The instance in which the question waited cancels it now. */
  void giveUp(String repairId) {
    jdbc.sql(
            """
            update repair set state = 'cancelled', decision_id = null, changed_at = :now
            where repair_id = :id
            """)
        .param("id", repairId)
        .param("now", now())
        .update();
  }

  /**
   * Removes what is long free, and what a former engine left.
   *
   * @return how many steps were removed
   */
  int prune(String agentId, Instant before, int most) {
    return jdbc.sql(
            """
            delete from repair where repair_id in (
              select repair_id from repair
              where agent_id = :agent and changed_at < :before
                and (state = 'gone' or engine_id <> :engine)
              order by changed_at, repair_id limit :most)
            """)
        .param("agent", agentId)
        .param("before", before.atOffset(ZoneOffset.UTC))
        .param("engine", engineId)
        .param("most", most)
        .update();
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }

  private static Repair read(ResultSet row) throws SQLException {
    OffsetDateTime attempt = row.getObject("last_attempt_at", OffsetDateTime.class);
    return new Repair(
        row.getString("repair_id"),
        row.getString("agent_id"),
        row.getLong("element_key"),
        row.getLong("step_key"),
        row.getLong("instance_key"),
        row.getString("process_id"),
        row.getString("element_id"),
        row.getString("kind"),
        row.getObject("job_key", Long.class),
        row.getString("job_type"),
        row.getString("message"),
        RepairState.ofId(row.getString("state")),
        row.getString("decision_id"),
        row.getObject("question_key", Long.class),
        row.getInt("attempts"),
        attempt == null ? null : attempt.toInstant(),
        row.getObject("stuck_since", OffsetDateTime.class).toInstant());
  }
}
