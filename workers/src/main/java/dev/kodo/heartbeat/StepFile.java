package dev.kodo.heartbeat;

import dev.kodo.theme.Artifact;
import dev.kodo.theme.Theme;
import dev.kodo.worker.JobFailure;
import dev.kodo.worker.JobRun;
import dev.kodo.workspace.FileName;
import dev.kodo.workspace.FrontMatter;
import dev.kodo.workspace.Workspace;
import org.jspecify.annotations.Nullable;

/**
 * The file that a person's own step leaves: beside the artifacts of the theme, so that later beats
 * see it. Its name has the title; a second file of the same title in one beat gets a number.
 */
record StepFile(Workspace workspace, String heartbeatId, @Nullable Theme theme, String title) {
  private static final int LONGEST_TITLE = 200;
  private static final String OWNER = "element_instance";

  StepFile {
    title = title.replaceAll("\\s+", " ").strip();
    if (title.isEmpty() || title.length() > LONGEST_TITLE) {
      throw JobFailure.retry(
          "Expected a title of 1 to %d characters but it has %d. Correct the field 'title' of the task in Modeler."
              .formatted(LONGEST_TITLE, title.length()),
          null);
    }
  }

  /** Writes and commits the file; a repeat of the same job changes nothing. Returns its path. */
  String save(JobRun run, FrontMatter head, String body) {
    return new Artifact(
            path(run),
            head.with("task", run.identity().elementId()).with(OWNER, owner(run)),
            "# " + title + "\n\n" + body)
        .save(run, workspace, run.identity().elementId() + ": " + title);
  }

  private String path(JobRun run) {
    String stem =
        "%s/%s_%s".formatted(Theme.folderOf(theme), heartbeatId, FileName.slug(title, "step"));
    String path = stem + ".md";
    for (int number = 1; isOfAnother(path, run); number++) {
      path = "%s_%02d.md".formatted(stem, number);
    }
    return path;
  }

  private boolean isOfAnother(String path, JobRun run) {
    return workspace
        .tryRead(path)
        .map(text -> FrontMatter.read(text).head().get(OWNER))
        .map(instance -> instance.filter(owner(run)::equals).isEmpty())
        .orElse(false);
  }

  private static String owner(JobRun run) {
    return String.valueOf(run.identity().elementInstanceKey());
  }
}
