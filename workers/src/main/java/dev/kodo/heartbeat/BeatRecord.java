package dev.kodo.heartbeat;

import dev.kodo.process.ErrorCode;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What beats chose and left, over many of them. */
@Component
class BeatRecord {
  private static final int LATELY = 20;

  private final JdbcClient jdbc;

  BeatRecord(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * How many beats of a theme ago each activity was last tried: 1 is the last one. An activity that
   * the theme has not seen is absent. A try that failed counts, so that what always fails does not
   * come again and again.
   */
  Map<String, Integer> beatsSince(String agentId, String themeId) {
    return jdbc
        .sql(
            """
            select activity, min(back) as back from (
              select activity, row_number() over (order by closing_number desc) as back
              from heartbeat
              where agent_id = :agent and theme_id = :theme and closing_number is not null and activity is not null
            ) tried
            group by activity
            """)
        .param("agent", agentId)
        .param("theme", themeId)
        .query((row, number) -> Map.entry(row.getString("activity"), row.getInt("back")))
        .list()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /**
   * In how many of the last beats in a row the model's choice could not be read. Beats that asked
   * for none, because only one activity could be done, neither count nor end the row.
   *
   * @param after closing number up to which beats no longer count
   */
  int unreadableChoices(String agentId, long after) {
    return jdbc.sql(
            """
            with asked as (
              select choice_fault is not null or coalesce(error_code = :unreadable, false) as unread,
                row_number() over (order by closing_number desc) as back
              from heartbeat
              where agent_id = :agent and closing_number > :after and chosen_by is distinct from 'only-one'
            )
            select count(*) from asked
            where back < coalesce((select min(back) from asked where not unread), 2147483647)
            """)
        .param("agent", agentId)
        .param("after", after)
        .param("unreadable", ErrorCode.CHOICE_UNREADABLE.name())
        .query(Integer.class)
        .single();
  }

  RecentWork lately(String agentId) {
    return jdbc.sql(
            """
            with latest as (
              select * from heartbeat where agent_id = :agent and closing_number is not null
              order by closing_number desc limit :most
            )
            select count(*) as beats,
              count(*) filter (where chosen_by in ('model', 'table')) as asked,
              count(*) filter (where chosen_by = 'table') as by_table,
              (array_agg(choice_fault order by closing_number desc) filter (where chosen_by = 'table'))[1] as why_table,
              count(cut) as cut,
              count(*) filter (where nothing_kept) as nothing_kept
            from latest
            """)
        .param("agent", agentId)
        .param("most", LATELY)
        .query(
            (row, number) ->
                new RecentWork(
                    row.getInt("beats"),
                    row.getInt("asked"),
                    row.getInt("by_table"),
                    row.getString("why_table"),
                    row.getInt("cut"),
                    row.getInt("nothing_kept")))
        .single();
  }

  /** Who chose what, and why. To be called inside the transaction of the job that chose. */
  void recordChoice(String agentId, String heartbeatId, Choice choice) {
    jdbc.sql(
            """
            update heartbeat set activity = :activity, reason = :reason, chosen_by = :by, choice_fault = :fault
            where agent_id = :agent and heartbeat_id = :id
            """)
        .param("agent", agentId)
        .param("id", heartbeatId)
        .param("activity", choice.activity())
        .param("reason", choice.reason())
        .param("by", choice.by().id())
        .param("fault", choice.fault())
        .update();
  }

  /**
   * @param fault why the model's choice could not be read, null when it could
   */
  record Choice(String activity, String reason, ChosenBy by, @Nullable String fault) {}

  /**
   * How the piece of this beat is to be counted. To be called inside the transaction of the job
   * that wrote it.
   *
   * @param cut why it ends at its last whole sentence before its end, null when it is whole
   * @param nothingKept whether the model said that there was nothing worth keeping
   */
  void recordPiece(String agentId, String heartbeatId, @Nullable String cut, boolean nothingKept) {
    jdbc.sql(
            """
            update heartbeat set cut = :cut, nothing_kept = :nothing
            where agent_id = :agent and heartbeat_id = :id
            """)
        .param("agent", agentId)
        .param("id", heartbeatId)
        .param("cut", cut)
        .param("nothing", nothingKept)
        .update();
  }
}
