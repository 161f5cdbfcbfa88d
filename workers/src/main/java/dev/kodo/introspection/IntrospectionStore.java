package dev.kodo.introspection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** One row for each introspection: first its evidence, then its evaluation. */
@Component
class IntrospectionStore {
  private final JdbcClient jdbc;
  private final ObjectMapper json;
  private final Clock clock;

  IntrospectionStore(JdbcClient jdbc, ObjectMapper json, Clock clock) {
    this.jdbc = jdbc;
    this.json = json;
    this.clock = clock;
  }

  void saveEvidence(String agentId, String heartbeatId, Evidence evidence) {
    jdbc.sql(
            """
            insert into introspection (agent_id, heartbeat_id, evidence, created_at)
            values (:agent, :beat, cast(:evidence as jsonb), :now)
            on conflict (agent_id, heartbeat_id) do update set evidence = excluded.evidence
            """)
        .param("agent", agentId)
        .param("beat", heartbeatId)
        .param("evidence", write(evidence))
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .update();
  }

  Optional<Evidence> evidence(String agentId, String heartbeatId) {
    return column("evidence", agentId, heartbeatId).map(text -> read(text, Evidence.class));
  }

  /** False when there is no evidence to which it could belong. */
  boolean saveEvaluation(String agentId, String heartbeatId, Evaluation evaluation) {
    return jdbc.sql(
                """
                update introspection set evaluation = cast(:evaluation as jsonb)
                where agent_id = :agent and heartbeat_id = :beat
                """)
            .param("agent", agentId)
            .param("beat", heartbeatId)
            .param("evaluation", write(evaluation))
            .update()
        == 1;
  }

  Optional<Evaluation> evaluation(String agentId, String heartbeatId) {
    return column("evaluation", agentId, heartbeatId).map(text -> read(text, Evaluation.class));
  }

  /** Scores of introspections before this one, newest first. */
  List<Integer> lastScores(String agentId, String heartbeatId, int most) {
    return jdbc.sql(
            """
            select cast(evaluation ->> 'score' as int) from introspection
            where agent_id = :agent and heartbeat_id <> :beat and evaluation is not null
            order by created_at desc, heartbeat_id desc limit :most
            """)
        .param("agent", agentId)
        .param("beat", heartbeatId)
        .param("most", most)
        .query(Integer.class)
        .list();
  }

  private Optional<String> column(String column, String agentId, String heartbeatId) {
    return jdbc.sql(
            """
            select evidence, evaluation from introspection
            where agent_id = :agent and heartbeat_id = :beat
            """)
        .param("agent", agentId)
        .param("beat", heartbeatId)
        .query((row, number) -> Optional.ofNullable(row.getString(column)))
        .optional()
        .flatMap(value -> value);
  }

  private String write(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "Expected a value that can be written as JSON but got " + value.getClass(), e);
    }
  }

  private <T> T read(String text, Class<T> type) {
    try {
      return json.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "Expected a stored " + type.getSimpleName() + " but got other JSON", e);
    }
  }
}
