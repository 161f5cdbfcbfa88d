package dev.kodo.heartbeat;

import dev.kodo.agent.Agents;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Lets as many beats be open as what is left of the budget can finish; many agents that begin at
 * once would else spend all of it on their first calls. Its methods are called inside a
 * transaction.
 */
@Component
class Room {
  /** The letters of kodoroom as a number: advisory locks know nothing else, and all share them. */
  private static final long OPENING_TURN = 0x6b6f646f726f6f6dL;

  /** A beat that is open longer hangs, or belongs to nobody: it holds no place any more. */
  private static final Duration LONGEST_CLAIM = Duration.ofHours(1);

  /** Agents that wait ask every five minutes, by the table {@code heartbeat-pace}. */
  private static final Duration ASKS_AGAIN = Duration.ofMinutes(15);

  /** More than any number of agents. */
  private static final BigDecimal MOST = new BigDecimal(1_000_000);

  private final JdbcClient jdbc;
  private final Agents agents;
  private final Clock clock;

  Room(JdbcClient jdbc, Agents agents, Clock clock) {
    this.jdbc = jdbc;
    this.agents = agents;
    this.clock = clock;
  }

  /**
   * Whether the agent may open a beat now. A yes holds until the transaction ends, as others wait
   * for it. One beat may always be open. Those agents come first that have had none for the longest
   * time: for the only place, of those that ask in these minutes; for each further one also of
   * those that sleep. An agent that has an open beat asks for no place.
   *
   * @param beatsAtOnce how many beats may be open, at least one; null for no limit
   * @param patience an agent that has not asked for so long gives its turn away
   */
  boolean holds(String agentId, @Nullable BigDecimal beatsAtOnce, Duration patience) {
    if (beatsAtOnce != null) {
      takeTurn();
      if (isOpen(agentId)) {
        return true;
      }
      int open = openOfOthers(agentId);
      int free = beatsAtOnce.min(MOST).max(BigDecimal.ONE).intValue() - open;
      if (free <= 0 || ahead(agentId, open == 0 ? ASKS_AGAIN : patience) >= free) {
        waits(agentId);
        return false;
      }
    }
    return true;
  }

  /** Ends the waiting of an agent that opens a beat. */
  void take(String agentId) {
    jdbc.sql("delete from beat_waiting where agent_id = :agent").param("agent", agentId).update();
  }

  /** Keeps the turn of an agent that waits and cannot open a beat for another reason. */
  void stillWaits(String agentId) {
    jdbc.sql("update beat_waiting set asked_at = :now where agent_id = :agent")
        .param("agent", agentId)
        .param("now", now())
        .update();
  }

  /** Since when the agent waits for room; empty when it does not. */
  Optional<Instant> waitsSince(String agentId) {
    return jdbc.sql("select since from beat_waiting where agent_id = :agent")
        .param("agent", agentId)
        .query((row, number) -> row.getObject("since", OffsetDateTime.class).toInstant())
        .optional();
  }

  private void takeTurn() {
    jdbc.sql("select pg_advisory_xact_lock(:turn)")
        .param("turn", OPENING_TURN)
        .query((row, number) -> true)
        .single();
  }

  private boolean isOpen(String agentId) {
    return jdbc.sql(
            "select exists (select from heartbeat where agent_id = :agent and state = 'open')")
        .param("agent", agentId)
        .query(Boolean.class)
        .single();
  }

  private int openOfOthers(String agentId) {
    return jdbc.sql(
            """
            select count(*) from heartbeat
            where state = 'open' and agent_id <> :agent and agent_id in (:living)
              and opened_at > :since and opened_at <= :now
            """)
        .param("agent", agentId)
        .param("living", livingAnd(agentId))
        .param("since", now().minus(LONGEST_CLAIM))
        .param("now", now())
        .query(Integer.class)
        .single();
  }

  /** How many agents wait whose last beat is longer ago, those first that never had one. */
  private int ahead(String agentId, Duration patience) {
    return jdbc.sql(
            """
            with turn as (
              select agent_id,
                coalesce((select max(opened_at) from heartbeat h where h.agent_id = w.agent_id), '-infinity') as last_beat
              from beat_waiting w
              where agent_id in (:living) and asked_at > :heard and asked_at <= :now
            )
            select count(*) from turn
            where (last_beat, agent_id) <
              (coalesce((select max(opened_at) from heartbeat where agent_id = :agent), '-infinity'), cast(:agent as text))
            """)
        .param("agent", agentId)
        .param("living", livingAnd(agentId))
        .param("heard", now().minus(patience))
        .param("now", now())
        .query(Integer.class)
        .single();
  }

  /** With the one that asks, so that there is one in any case. */
  private Set<String> livingAnd(String agentId) {
    Set<String> living = new HashSet<>(agents.living());
    living.add(agentId);
    return living;
  }

  private void waits(String agentId) {
    jdbc.sql(
            """
            insert into beat_waiting (agent_id, since, asked_at) values (:agent, :now, :now)
            on conflict (agent_id) do update set asked_at = excluded.asked_at
            """)
        .param("agent", agentId)
        .param("now", now())
        .update();
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }
}
