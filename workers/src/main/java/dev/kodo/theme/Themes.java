package dev.kodo.theme;

import dev.kodo.workspace.Entry;
import dev.kodo.workspace.FrontMatter;
import dev.kodo.workspace.Reading;
import dev.kodo.workspace.Workspace;
import dev.kodo.workspace.Workspaces;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The themes of all agents: their rows in PostgreSQL and their files in the workspaces. */
@Component
public class Themes {
  private static final Pattern ARTIFACT = Pattern.compile("[0-9]{14}.*\\.md", Pattern.DOTALL);
  private static final long LONGEST_FILE = 1024 * 1024;
  private static final int MOST_PAST_TITLES = 50;

  private final JdbcClient jdbc;
  private final Workspaces workspaces;
  private final Clock clock;

  public Themes(JdbcClient jdbc, Workspaces workspaces, Clock clock) {
    this.jdbc = jdbc;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  /** The theme that runs now; at most one does. */
  public Optional<Theme> current(String agentId) {
    return jdbc.sql("select * from theme where agent_id = :agent and state = 'running'")
        .param("agent", agentId)
        .query((row, number) -> read(row))
        .optional();
  }

  /** Themes that were set aside, the oldest first. */
  public List<PausedTheme> paused(String agentId) {
    return jdbc.sql(
            """
            select * from theme where agent_id = :agent and state = 'paused'
            order by started_at, theme_id
            """)
        .param("agent", agentId)
        .query(
            (row, number) ->
                new PausedTheme(
                    read(row), row.getObject("paused_at", OffsetDateTime.class).toInstant()))
        .list();
  }

  /** A theme by its THEME_START_ID, running, paused or ended. */
  public Optional<Theme> find(String agentId, String themeId) {
    return jdbc.sql("select * from theme where agent_id = :agent and theme_id = :theme")
        .param("agent", agentId)
        .param("theme", themeId)
        .query((row, number) -> read(row))
        .optional();
  }

  /** The THEME_END_ID of the theme that ended last. */
  public Optional<String> lastEnd(String agentId) {
    return jdbc.sql("select max(theme_end_id) from theme where agent_id = :agent")
        .param("agent", agentId)
        .query(String.class)
        .optional();
  }

  /** The latest themes in whatever state, newest first. */
  List<Theme> latest(String agentId, int most) {
    return jdbc.sql(
            """
            select * from theme where agent_id = :agent
            order by started_at desc, theme_id desc limit :most
            """)
        .param("agent", agentId)
        .param("most", most)
        .query((row, number) -> read(row))
        .list();
  }

  /** What was written when a theme ended, without its front matter; empty when nothing was. */
  Optional<String> summary(Theme theme) {
    return artifacts(theme).reversed().stream()
        .flatMap(path -> text(theme, path).stream())
        .map(FrontMatter::read)
        .filter(file -> file.head().get("activity").filter("theme-end"::equals).isPresent())
        .map(file -> file.body().strip())
        .findFirst();
  }

  /** Titles of the latest themes, newest first, at most 50. */
  public List<String> pastTitles(String agentId) {
    return jdbc.sql(
            """
            select title from theme where agent_id = :agent
            order by started_at desc, theme_id desc limit :most
            """)
        .param("agent", agentId)
        .param("most", MOST_PAST_TITLES)
        .query(String.class)
        .list();
  }

  /**
   * Text of the newest file in {@code contexts/}, without its front matter and without how the
   * context was found.
   */
  public Optional<String> latestExpertContext(Theme theme) {
    Workspace workspace = workspaces.of(theme.agentId());
    return files(theme, theme.folder() + "/contexts").reversed().stream()
        .flatMap(path -> text(workspace, path).stream())
        .map(text -> FrontMatter.read(text).body().split("\n## " + ExpertContext.COMPARISON, 2)[0])
        .findFirst();
  }

  /** Paths of the artifacts in the workspace, oldest first; contexts and logs are none. */
  public List<String> artifacts(Theme theme) {
    return files(theme, theme.folder());
  }

  /** Paths of the latest activity logs, oldest first. */
  public List<String> recentLogs(Theme theme, int most) {
    List<String> logs = files(theme, theme.folder() + "/histories");
    return logs.subList(Math.max(0, logs.size() - most), logs.size());
  }

  /** A file of a theme as text, or empty when it is no readable text of up to 1 MiB. */
  public Optional<String> text(Theme theme, String path) {
    return text(workspaces.of(theme.agentId()), path);
  }

  /** How many files in the themebox could not become themes and still lie there. */
  public int rejectedFiles(String agentId) {
    return (int)
        workspaces.of(agentId).list(Themebox.FOLDER).stream()
            .filter(entry -> Rejection.isRejected(entry.name()))
            .count();
  }

  private static Optional<String> text(Workspace workspace, String path) {
    return workspace.look(path, LONGEST_FILE) instanceof Reading.Text found
        ? Optional.of(found.text())
        : Optional.empty();
  }

  private List<String> files(Theme theme, String folder) {
    return workspaces.of(theme.agentId()).list(folder).stream()
        .filter(entry -> entry.kind() == Entry.Kind.FILE)
        .map(Entry::name)
        .filter(name -> ARTIFACT.matcher(name).matches())
        .map(name -> folder + "/" + name)
        .toList();
  }

  /** Records that a theme runs. To be called inside the transaction of the job that starts it. */
  void start(Theme theme, String sourceFile) {
    jdbc.sql(
            """
            insert into theme (agent_id, theme_id, name, title, folder, source, source_file, brief, state, started_at)
            values (:agent, :theme, :name, :title, :folder, :source, :file, :brief, 'running', :at)
            on conflict (agent_id, theme_id) do nothing
            """)
        .param("agent", theme.agentId())
        .param("theme", theme.id())
        .param("name", theme.name())
        .param("title", theme.title())
        .param("folder", theme.folder())
        .param("source", theme.source().id())
        .param("file", sourceFile)
        .param("brief", theme.brief())
        .param("at", theme.startedAt().atOffset(ZoneOffset.UTC))
        .update();
  }

  /**
   * Sets the running theme aside. To be called inside the transaction of the job that pauses it; a
   * theme that does not run stays as it is.
   */
  void pause(Theme theme) {
    jdbc.sql(
            """
            update theme set state = 'paused', paused_at = :now
            where agent_id = :agent and theme_id = :theme and state = 'running'
            """)
        .param("agent", theme.agentId())
        .param("theme", theme.id())
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .update();
  }

  /**
   * Takes a paused theme up again. To be called inside the transaction of the job that does it; the
   * database refuses it while another theme runs.
   */
  void resume(Theme theme) {
    jdbc.sql(
            """
            update theme set state = 'running'
            where agent_id = :agent and theme_id = :theme and state = 'paused'
            """)
        .param("agent", theme.agentId())
        .param("theme", theme.id())
        .update();
  }

  /**
   * Records THEME_END_ID. To be called inside the transaction of the job that ends it; a theme that
   * has ended stays as it is.
   */
  void end(Theme theme, String themeEndId) {
    jdbc.sql(
            """
            update theme set state = 'ended', theme_end_id = :end, ended_at = :now
            where agent_id = :agent and theme_id = :theme and state = 'running'
            """)
        .param("agent", theme.agentId())
        .param("theme", theme.id())
        .param("end", themeEndId)
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .update();
  }

  private static Theme read(ResultSet row) throws SQLException {
    return new Theme(
        row.getString("agent_id"),
        row.getString("theme_id"),
        row.getString("name"),
        row.getString("title"),
        row.getString("folder"),
        row.getString("brief"),
        Theme.Source.of(row.getString("source")),
        row.getObject("started_at", OffsetDateTime.class).toInstant());
  }
}
