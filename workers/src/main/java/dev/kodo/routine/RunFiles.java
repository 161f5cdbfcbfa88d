package dev.kodo.routine;

import dev.kodo.model.ModelUse;
import dev.kodo.worker.JobRun;
import dev.kodo.workspace.FrontMatter;
import dev.kodo.workspace.Workspace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files that runs leave: one for each run, and more where a diagram asks more than once. */
final class RunFiles {
  /** The folder in the workspace with one folder for each routine. */
  static final String FOLDER = "routines";

  private RunFiles() {}

  /**
   * @param part empty for the file of the run itself
   */
  static String path(Run run, String part) {
    String end = part.isEmpty() ? "" : "_" + part;
    return "%s/%s/%s%s.md".formatted(FOLDER, run.routine(), run.runId(), end);
  }

  static FrontMatter head(JobRun job, Run run, String outcome, @Nullable ModelUse use) {
    FrontMatter head =
        FrontMatter.empty()
            .with("routine", run.routine())
            .with("run", run.runId())
            .with("trigger", run.cause())
            .with("outcome", outcome);
    FrontMatter told =
        use == null
            ? head.with("model", (String) null)
            : head.with("model", use.model())
                .with("rehearsal", use.rehearsal())
                .with("cost", use.costUsd())
                .with("duration_ms", use.durationMs());
    return told.with("process_instance", job.identity().processInstanceKey());
  }

  /** Writes and commits a file; a repeat changes nothing. */
  static void save(Workspace workspace, Run run, String path, String text, String what) {
    workspace.write(path, text);
    workspace.commit(
        "%s routine %s: %s".formatted(run.runId(), run.routine(), what), List.of(path));
  }
}
