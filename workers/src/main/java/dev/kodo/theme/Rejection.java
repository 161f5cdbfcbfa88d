package dev.kodo.theme;

import dev.kodo.workspace.FileName;
import dev.kodo.workspace.Workspace;
import java.util.List;

/**
 * A file of the themebox that cannot be a theme. Its content is left as it is.
 *
 * @param why one sentence for the person who put it there
 * @param next one sentence: what to do
 */
record Rejection(String name, String why, String next) {
  private static final String NOTE = ".why.md";

  /** Writes the note, then renames the file: after a crash in between, a repeat ends both. */
  void apply(Workspace workspace, String heartbeatId) {
    String rejected =
        FileName.free(
            Candidates.REJECTED, name, taken -> workspace.exists(Themebox.FOLDER + taken));
    String note = Themebox.FOLDER + FileName.fit("", rejected, NOTE);
    workspace.write(note, text(rejected));
    workspace.rename(Themebox.FOLDER + name, Themebox.FOLDER + rejected);
    workspace.commit(heartbeatId + " Reject a theme file", List.of(note, Themebox.FOLDER + name));
  }

  private String text(String rejected) {
    return """
    # This file could not become a theme

    - File: %s
    - Why: %s
    - What to do: %s Then take `rejected.` off its name, and delete this note.
    """
        .formatted(rejected.replaceAll("\\p{Cntrl}", "�"), why, next);
  }

  /** Whether a name in the themebox is that of a rejected file, not of a note. */
  static boolean isRejected(String fileName) {
    return fileName.startsWith(Candidates.REJECTED) && !fileName.endsWith(NOTE);
  }
}
