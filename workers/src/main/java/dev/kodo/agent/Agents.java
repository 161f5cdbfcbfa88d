package dev.kodo.agent;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The agents of this installation. */
@Component
public class Agents {
  private final JdbcClient jdbc;
  private final Clock clock;

  public Agents(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Makes sure that the agent has a row; its state stays as it is when it has one. */
  public void ensure(String agentId) {
    jdbc.sql(
            """
            insert into agent (agent_id, state, created_at) values (:agent, 'running', :now)
            on conflict do nothing
            """)
        .param("agent", agentId)
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .update();
  }

  public List<String> ids() {
    return jdbc.sql("select agent_id from agent order by created_at, agent_id")
        .query(String.class)
        .list();
  }

  /** Those that may do anything at all. */
  public List<String> living() {
    return jdbc.sql("select agent_id from agent where state not in (:over)")
        .param("over", List.of(AgentState.STOPPED.id(), AgentState.RETIRED.id()))
        .query(String.class)
        .list();
  }

  public Optional<AgentState> state(String agentId) {
    return jdbc.sql("select state from agent where agent_id = :agent")
        .param("agent", agentId)
        .query(String.class)
        .optional()
        .map(AgentState::ofId);
  }

  /** Whether an agent may do anything at all; one that has no row yet may. */
  public boolean lives(String agentId) {
    return state(agentId)
        .map(
            state ->
                switch (state) {
                  case RUNNING, STOPPED_FOR_REVIEW -> true;
                  case STOPPED, RETIRED -> false;
                })
        .orElse(true);
  }

  public void moveTo(String agentId, AgentState state) {
    jdbc.sql("update agent set state = :state where agent_id = :agent")
        .param("agent", agentId)
        .param("state", state.id())
        .update();
  }

  /** Beats up to this closing number no longer count when the same error in a row is counted. */
  void forgiveErrors(String agentId, long closingNumber) {
    jdbc.sql("update agent set streak_since = :number where agent_id = :agent")
        .param("agent", agentId)
        .param("number", closingNumber)
        .update();
  }

  /** The closing number after which errors count; see {@link #forgiveErrors}. */
  public long errorsCountAfter(String agentId) {
    return jdbc.sql("select streak_since from agent where agent_id = :agent")
        .param("agent", agentId)
        .query(Long.class)
        .optional()
        .orElse(0L);
  }
}
