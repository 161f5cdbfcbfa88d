package dev.kodo.heartbeat;

import dev.kodo.theme.Artifact;
import dev.kodo.theme.Theme;
import dev.kodo.theme.Themes;
import dev.kodo.worker.Field;
import dev.kodo.worker.Items;
import dev.kodo.worker.JobFailure;
import dev.kodo.worker.JobRun;
import dev.kodo.workspace.FrontMatter;
import dev.kodo.workspace.Workspaces;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Writes what a person's diagram knows into a file: a short text, and whole files below it. */
@Component
class Keeping {
  /** In bytes: with its head the file stays below a mebibyte, the most that every reader takes. */
  private static final int LONGEST = 1_000_000;

  private final BeatStore beats;
  private final Themes themes;
  private final Workspaces workspaces;

  Keeping(BeatStore beats, Themes themes, Workspaces workspaces) {
    this.beats = beats;
    this.themes = themes;
    this.workspaces = workspaces;
  }

  /** What is written. */
  record Keep(
      String agentId,
      String heartbeatId,
      @Field(label = "Title", hint = "Names the file, such as: Checked work") String title,
      @Field(
              label = "Text",
              hint =
                  "What stands first, in Markdown, or an expression such as =\"The check says: \" + choice.",
              lines = true)
          @Nullable String text,
      @Field(
              label = "Files to copy in",
              hint =
                  "Paths in the agent's workspace with commas between them, or an expression such as =[artifactPath, answerPath]. Their text follows below.")
          @Nullable Items files) {}

  /** Null when there was nothing to write. */
  record Kept(@Nullable String writtenPath) {}

  Kept keep(Keep input, JobRun run) {
    Beat beat = beats.requireOpen(input.agentId(), input.heartbeatId());
    Theme theme = themes.current(input.agentId()).orElse(null);
    StepFile file =
        new StepFile(workspaces.of(input.agentId()), input.heartbeatId(), theme, input.title());
    String body = body(input, NamedFile.read(file.workspace(), input.files()));
    if (body.isEmpty()) {
      return kept(input, run, null, file.title() + ": there was nothing to write.");
    }
    String path =
        file.save(
            run,
            Artifact.headWithoutModel(
                run,
                input.heartbeatId(),
                beat.activity() == null ? "none" : beat.activity(),
                theme == null ? null : theme.id()),
            body);
    return kept(input, run, path, "%s was written: `%s`".formatted(file.title(), path));
  }

  private Kept kept(Keep input, JobRun run, @Nullable String path, String note) {
    return run.commit(
        () -> {
          beats.addToSummary(input.agentId(), input.heartbeatId(), note);
          return new Kept(path);
        });
  }

  private static String body(Keep input, List<NamedFile> files) {
    List<String> parts = new ArrayList<>();
    if (input.text() != null && !input.text().isBlank()) {
      parts.add(input.text().strip());
    }
    for (NamedFile file : files) {
      parts.add(
          "## `%s`\n\n%s".formatted(file.path(), FrontMatter.read(file.text()).body().strip()));
    }
    String body = String.join("\n\n", parts);
    int bytes = body.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > LONGEST) {
      throw JobFailure.retry(
          "Expected at most %d bytes for one file but got %d. Name fewer files on the task in Modeler, or shorten its text."
              .formatted(LONGEST, bytes),
          null);
    }
    return body;
  }
}
