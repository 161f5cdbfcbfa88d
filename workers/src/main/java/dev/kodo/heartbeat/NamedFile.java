package dev.kodo.heartbeat;

import dev.kodo.process.ErrorCode;
import dev.kodo.worker.Items;
import dev.kodo.worker.JobFailure;
import dev.kodo.workspace.Workspace;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file of the workspace that a person named on a task, and its text. */
record NamedFile(String path, String text) {
  private static final int MOST = 10;

  /**
   * Reads the files in the order in which they are named; none when the field was left empty.
   *
   * @throws JobFailure when a file is missing, no text, or not below the workspace
   */
  static List<NamedFile> read(Workspace workspace, @Nullable Items paths) {
    if (paths == null) {
      return List.of();
    }
    if (paths.all().size() > MOST) {
      throw JobFailure.retry(
          "Expected at most %d files to read but got %d. Name fewer on the task in Modeler."
              .formatted(MOST, paths.all().size()),
          null);
    }
    return paths.all().stream()
        .map(path -> new NamedFile(path, workspace.tryRead(path).orElseThrow(() -> missing(path))))
        .toList();
  }

  /** The usual slip is a variable without its equals sign, which then counts as a path. */
  private static JobFailure missing(String path) {
    return JobFailure.retryThenThrow(
        ErrorCode.WORKSPACE_UNWRITABLE,
        Duration.ZERO,
        "The field 'files' of the task names '%s', but there is no such file in the workspace. Correct it in Modeler; an expression begins with an equals sign, such as =artifactPath."
            .formatted(path.replaceAll("\\p{Cntrl}", " ")));
  }
}
