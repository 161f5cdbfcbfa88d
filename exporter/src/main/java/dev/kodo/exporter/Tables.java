package dev.kodo.exporter;

import dev.kodo.exporter.Change.AgentKnown;
import dev.kodo.exporter.Change.DefinitionDeployed;
import dev.kodo.exporter.Change.ElementEntered;
import dev.kodo.exporter.Change.IncidentRaised;
import dev.kodo.exporter.Change.IncidentResolved;
import dev.kodo.exporter.Change.InstanceEnded;
import dev.kodo.exporter.Change.InstanceStarted;
import dev.kodo.exporter.Change.JobStands;
import dev.kodo.exporter.Change.Place;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes a net effect with a few batched statements; the caller has begun the transaction. */
final class Tables {
  private final Connection connection;
  private final String engineId;

  Tables(Connection connection, String engineId) {
    this.connection = connection;
    this.engineId = engineId;
  }

  /** Jobs come before incidents, which take the job's type from them. */
  void write(NetEffect effect) throws SQLException {
    definitions(effect.definitions);
    started(effect.started.values());
    agents(effect.agents);
    ended(effect.ended);
    delete(
        "delete from element_instance where engine_id = ? and element_key = any(?)", effect.left);
    entered(effect.entered.values());
    counts(effect.counts);
    jobs(effect.jobs.values());
    raised(effect.raised.values());
    resolved(effect.resolved);
    delete("delete from job where engine_id = ? and job_key = any(?)", effect.jobsGone);
  }

  private void definitions(Collection<DefinitionDeployed> rows) throws SQLException {
    send(
        """
        insert into process_definition
          (engine_id, definition_key, process_id, version, resource_name, resource, deployed_at)
        values (?, ?, ?, ?, ?, ?, ?)
        on conflict do nothing
        """,
        rows,
        it ->
            row(
                engineId,
                it.key(),
                it.processId(),
                it.version(),
                it.resourceName(),
                it.resource(),
                it.at()));
  }

  private void started(Collection<InstanceStarted> rows) throws SQLException {
    send(
        """
        insert into process_instance
          (engine_id, instance_key, process_id, version, definition_key, parent_key,
           parent_element_key, state, started_at)
        values (?, ?, ?, ?, ?, ?, ?, 'active', ?)
        on conflict (engine_id, instance_key) do update set process_id = excluded.process_id,
          version = excluded.version, definition_key = excluded.definition_key
        """,
        rows,
        it ->
            row(
                engineId,
                it.key(),
                it.processId(),
                it.version(),
                it.definitionKey(),
                it.parentKey(),
                it.parentElementKey(),
                it.at()));
  }

  private void agents(Collection<AgentKnown> rows) throws SQLException {
    send(
        "update process_instance set agent_id = ? where engine_id = ? and instance_key = ?",
        rows,
        it -> row(it.agentId(), engineId, it.instanceKey()));
  }

  private void ended(Collection<InstanceEnded> rows) throws SQLException {
    send(
        """
        update process_instance set state = ?, ended_at = ?
        where engine_id = ? and instance_key = ?
        """,
        rows,
        it -> row(it.completed() ? "completed" : "terminated", it.at(), engineId, it.key()));
  }

  private void entered(Collection<ElementEntered> rows) throws SQLException {
    send(
        """
        insert into element_instance
          (engine_id, element_key, instance_key, element_id, element_type, entered_at)
        values (?, ?, ?, ?, ?, ?)
        on conflict (engine_id, element_key) do update set element_id = excluded.element_id
        """,
        rows,
        it -> row(engineId, it.key(), it.instanceKey(), it.elementId(), it.elementType(), it.at()));
  }

  private void counts(Map<NetEffect.Counted, Long> rows) throws SQLException {
    send(
        """
        insert into element_count (engine_id, instance_key, element_id, completed)
        values (?, ?, ?, ?)
        on conflict (engine_id, instance_key, element_id)
          do update set completed = element_count.completed + excluded.completed
        """,
        rows.entrySet(),
        it -> row(engineId, it.getKey().instanceKey(), it.getKey().elementId(), it.getValue()));
  }

  private void jobs(Collection<JobStands> rows) throws SQLException {
    send(
        """
        insert into job
          (engine_id, job_key, instance_key, element_key, process_id, element_id, job_type,
           state, retries, worker, deadline, backoff_until, error_code, error_message,
           created_at, changed_at)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        on conflict (engine_id, job_key) do update set process_id = excluded.process_id,
          element_id = case excluded.element_id when 'NO_CATCH_EVENT_FOUND'
            then job.element_id else excluded.element_id end,
          job_type = excluded.job_type,
          state = excluded.state, retries = excluded.retries, worker = excluded.worker,
          deadline = excluded.deadline, backoff_until = excluded.backoff_until,
          error_code = excluded.error_code, error_message = excluded.error_message,
          changed_at = excluded.changed_at
        """,
        rows,
        it ->
            at(
                it.key(),
                it.place(),
                it.type(),
                it.state(),
                it.retries(),
                it.worker(),
                it.deadline(),
                it.backoffUntil(),
                it.errorCode(),
                it.errorMessage(),
                it.at(),
                it.at()));
  }

  private void raised(Collection<IncidentRaised> rows) throws SQLException {
    send(
        """
        insert into incident
          (engine_id, incident_key, instance_key, element_key, process_id, element_id,
           incident_type, message, job_key, created_at, job_type)
        select i.*, (select job_type from job where engine_id = i.e and job_key = i.j)
        from (values (?, ?::bigint, ?::bigint, ?::bigint, ?, ?, ?, ?, ?::bigint,
          ?::timestamptz)) i (e, k, ik, ek, p, el, t, m, j, at)
        on conflict (engine_id, incident_key) do update set process_id = excluded.process_id,
          element_id = excluded.element_id
        """,
        rows,
        it -> at(it.key(), it.place(), it.type(), it.message(), it.jobKey(), it.at()));
  }

  private void resolved(Collection<IncidentResolved> rows) throws SQLException {
    send(
        "update incident set resolved_at = ? where engine_id = ? and incident_key = ?",
        rows,
        it -> row(it.at(), engineId, it.key()));
  }

  private void delete(String sql, Collection<Long> keys) throws SQLException {
    if (keys.isEmpty()) {
      return;
    }
    Array array = connection.createArrayOf("bigint", keys.toArray());
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, engineId);
      statement.setArray(2, array);
      statement.executeUpdate();
    } finally {
      array.free();
    }
  }

  private <T> void send(String sql, Collection<T> rows, Function<T, @Nullable Object[]> values)
      throws SQLException {
    try (Rows to = new Rows(connection, sql)) {
      for (T it : rows) {
        to.add(values.apply(it));
      }
      to.send();
    }
  }

  /** A row that begins with its key and the place where that stands. */
  private @Nullable Object[] at(long key, Place place, @Nullable Object... more) {
    @Nullable Object[] values = new Object[6 + more.length];
    values[0] = engineId;
    values[1] = key;
    values[2] = place.instanceKey();
    values[3] = place.elementKey();
    values[4] = place.processId();
    values[5] = place.elementId();
    System.arraycopy(more, 0, values, 6, more.length);
    return values;
  }

  private static @Nullable Object[] row(@Nullable Object... values) {
    return values;
  }
}
