package dev.kodo.theme;

import dev.kodo.model.ModelUse;
import dev.kodo.worker.JobRun;
import dev.kodo.workspace.FrontMatter;
import dev.kodo.workspace.Workspace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Markdown file that an activity writes about a theme.
 *
 * @param path in the workspace
 */
public record Artifact(String path, FrontMatter head, String body) {
  /** The front matter that every artifact has: which beat, what for, and what it took. */
  public static FrontMatter head(
      JobRun run, String heartbeatId, String activity, @Nullable String themeId, ModelUse use) {
    return head(heartbeatId, activity, themeId)
        .with("model", use.model())
        .with("rehearsal", use.rehearsal())
        .with("cost", use.costUsd())
        .with("duration_ms", use.durationMs())
        .with("process_instance", run.identity().processInstanceKey());
  }

  /** The front matter of an artifact that was written without asking the model. */
  public static FrontMatter headWithoutModel(
      JobRun run, String heartbeatId, String activity, @Nullable String themeId) {
    return head(heartbeatId, activity, themeId)
        .with("model", (String) null)
        .with("process_instance", run.identity().processInstanceKey());
  }

  private static FrontMatter head(String heartbeatId, String activity, @Nullable String themeId) {
    return FrontMatter.empty()
        .with("heartbeat", heartbeatId)
        .with("activity", activity)
        .with("theme", themeId);
  }

  /**
   * Writes and commits the file while the engine wants the job; a repeat changes nothing.
   *
   * @param what first line of the commit, after the heartbeat id
   * @return the path
   */
  public String save(JobRun run, Workspace workspace, String what) {
    run.ensureWanted();
    workspace.write(path, head.over(body));
    String heartbeatId = head.get("heartbeat").orElse("");
    workspace.commit(heartbeatId + " " + what, List.of(path));
    return path;
  }
}
