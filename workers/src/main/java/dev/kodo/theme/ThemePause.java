package dev.kodo.theme;

import dev.kodo.worker.JobRun;
import dev.kodo.worker.Nothing;
import dev.kodo.workspace.FrontMatter;
import dev.kodo.workspace.Workspace;
import dev.kodo.workspace.Workspaces;
import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Component;

/** Sets a theme of the agent's own aside for one of a person, and takes it up again. */
@Component
class ThemePause {
  private final Workspaces workspaces;
  private final Themes themes;
  private final ThemeStart start;
  private final Clock clock;

  ThemePause(Workspaces workspaces, Themes themes, ThemeStart start, Clock clock) {
    this.workspaces = workspaces;
    this.themes = themes;
    this.start = start;
    this.clock = clock;
  }

  Nothing pause(String heartbeatId, Theme theme, JobRun run) {
    note(theme, "paused_at", heartbeatId + " Pause the theme ", run);
    return run.commit(
        () -> {
          themes.pause(theme);
          return Nothing.NOTHING;
        });
  }

  /** The theme runs again under its old id, in its folder, with its contexts and its beats. */
  ThemeWorker.Started resume(String heartbeatId, Theme theme, JobRun run) {
    start.refuseWhileAnotherRuns(theme.agentId(), theme.id());
    note(theme, "resumed_at", heartbeatId + " Resume the theme ", run);
    return run.commit(
        () -> {
          themes.resume(theme);
          return new ThemeWorker.Started(theme.id());
        });
  }

  /** In the theme's own file, where people read its history. */
  private void note(Theme theme, String what, String message, JobRun run) {
    Workspace workspace = workspaces.of(theme.agentId());
    String path = StartRecord.path(theme.folder());
    run.ensureWanted();
    themes
        .text(theme, path)
        .map(FrontMatter::read)
        .ifPresent(
            history ->
                workspace.write(
                    path,
                    history.head().with(what, clock.instant().toString()).over(history.body())));
    workspace.commit(message + theme.title(), List.of(path));
  }
}
