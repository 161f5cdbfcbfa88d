package dev.kodo.theme;

import dev.kodo.process.ErrorCode;
import dev.kodo.worker.JobFailure;
import dev.kodo.worker.JobRun;
import dev.kodo.workspace.FileName;
import dev.kodo.workspace.FrontMatter;
import dev.kodo.workspace.Workspace;
import dev.kodo.workspace.Workspaces;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Turns a themebox file into a running theme. Order: start record, rename, git commit, database
 * row. The row makes the theme real; {@link #takeBackUnfinished} undoes what was done for a start
 * that never got there.
 */
@Component
class ThemeStart {
  private final Workspaces workspaces;
  private final Themes themes;
  private final Themebox themebox;
  private final Patience patience;
  private final Clock clock;

  ThemeStart(
      Workspaces workspaces, Themes themes, Themebox themebox, Patience patience, Clock clock) {
    this.workspaces = workspaces;
    this.themes = themes;
    this.themebox = themebox;
    this.patience = patience;
    this.clock = clock;
  }

  /**
   * What to take now: a person's file, else the oldest paused theme, else a file that the agent
   * wrote and did not start. Waits a bounded time for a file that is still being written when there
   * is no other of a person; one that changes for ever is left for the next time.
   */
  ThemeWorker.Picked pick(String heartbeatId, JobRun run) {
    takeBackUnfinished(heartbeatId, run);
    Themebox.Pick pick = themebox.pick(workspaces.of(run.agentId()), heartbeatId, run);
    ThemeWorker.Picked picked =
        switch (pick) {
          case Themebox.Pick.Found found -> new ThemeWorker.Picked(true, found.file(), null);
          case Themebox.Pick.NothingOfAPerson none -> withoutPerson(run.agentId(), none.own());
          case Themebox.Pick.StillBeingWritten file -> {
            if (patience.lasts(run.identity().elementInstanceKey(), themebox.longestWait())) {
              throw JobFailure.postpone(
                  themebox.settle(), Excerpt.of(file.file(), 100) + " is still being written.");
            }
            yield withoutPerson(run.agentId(), file.own());
          }
        };
    return run.commit(() -> picked);
  }

  private ThemeWorker.Picked withoutPerson(String agentId, @Nullable String own) {
    return themes.paused(agentId).stream()
        .findFirst()
        .map(paused -> new ThemeWorker.Picked(false, null, paused.theme().id()))
        .orElseGet(() -> new ThemeWorker.Picked(own != null, own, null));
  }

  /** Makes {@code file} the running theme; its id is the heartbeat's id. */
  ThemeWorker.Started start(String heartbeatId, String file, JobRun run) {
    refuseWhileAnotherRuns(run.agentId(), heartbeatId);
    Workspace workspace = workspaces.of(run.agentId());
    StartRecord begun =
        ThemeFolders.of(workspace, heartbeatId)
            .flatMap(folder -> StartRecord.read(workspace, folder))
            .orElseGet(() -> plan(workspace, heartbeatId, file));
    run.ensureWanted();
    workspace.write(begun.path(), begun.text());
    if (workspace.exists(begun.sourceFile()) && !workspace.exists(begun.processedFile())) {
      workspace.rename(begun.sourceFile(), begun.processedFile());
    }
    workspace.commit(
        heartbeatId + " Start the theme " + begun.theme().title(),
        List.of(begun.path(), begun.sourceFile(), begun.processedFile()));
    return run.commit(
        () -> {
          themes.start(begun.theme(), begun.sourceFile());
          return new ThemeWorker.Started(begun.theme().id());
        });
  }

  void refuseWhileAnotherRuns(String agentId, String heartbeatId) {
    themes
        .current(agentId)
        .filter(running -> !running.id().equals(heartbeatId))
        .ifPresent(
            running -> {
              throw JobFailure.retry(
                  "Expected no running theme but '%s' (%s) runs. End it first, in a beat of its own."
                      .formatted(running.title(), running.id()),
                  null);
            });
  }

  private StartRecord plan(Workspace workspace, String heartbeatId, String file) {
    String fileName =
        Themebox.nameIn(file)
            .orElseThrow(
                () ->
                    JobFailure.bpmnError(
                        ErrorCode.WORKSPACE_UNWRITABLE,
                        "Expected a theme file like themebox/name.md but got '%s'."
                            .formatted(Excerpt.of(file, 100)),
                        null));
    String text = themebox.read(workspace, file);
    FrontMatter.Document document = FrontMatter.read(text);
    boolean own = OwnMark.isOn(document, fileName);
    String title = ThemeTitle.of(document, fileName);
    String name = FileName.slug(title, "theme");
    String processed =
        FileName.free(
            Candidates.PROCESSED, fileName, taken -> workspace.exists(Themebox.FOLDER + taken));
    Theme theme =
        new Theme(
            workspace.agentId(),
            heartbeatId,
            name,
            title,
            ThemeFolders.path(heartbeatId, name),
            (own ? document.body() : text).strip(),
            own ? Theme.Source.OWN : Theme.Source.THEMEBOX,
            clock.instant());
    return new StartRecord(theme, file, Themebox.FOLDER + processed);
  }

  /**
   * Puts the files of starts that died half-way back into the themebox. Such a folder holds nothing
   * but its start record, and the database does not know the theme.
   */
  private void takeBackUnfinished(String heartbeatId, JobRun run) {
    Workspace workspace = workspaces.of(run.agentId());
    ThemeFolders.all(workspace)
        .filter(folder -> workspace.list(folder).size() == 1)
        .filter(folder -> themes.find(run.agentId(), ThemeFolders.id(folder)).isEmpty())
        .flatMap(folder -> StartRecord.read(workspace, folder).stream())
        .toList()
        .forEach(
            begun -> {
              run.ensureWanted();
              takeBack(workspace, begun, heartbeatId);
            });
  }

  private static void takeBack(Workspace workspace, StartRecord begun, String heartbeatId) {
    String original = Themebox.nameIn(begun.sourceFile()).orElse("theme.md");
    String back =
        Themebox.FOLDER
            + FileName.free("", original, taken -> workspace.exists(Themebox.FOLDER + taken));
    if (workspace.exists(begun.processedFile())) {
      workspace.rename(begun.processedFile(), back);
    } else if (!workspace.exists(begun.sourceFile())) {
      workspace.write(back, begun.theme().brief());
    }
    workspace.remove(begun.path());
    workspace.remove(begun.theme().folder());
    workspace.commit(
        heartbeatId + " Take back a theme start that was not finished",
        List.of(begun.path(), begun.processedFile(), back));
  }
}
