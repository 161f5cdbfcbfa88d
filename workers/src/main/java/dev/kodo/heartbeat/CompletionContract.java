package dev.kodo.heartbeat;

import dev.kodo.workspace.FrontMatter;
import dev.kodo.workspace.Workspace;
import dev.kodo.workspace.WorkspaceException;
import dev.kodo.workspace.Workspaces;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * A beat counts as done only when its log and what it says it wrote are really in the workspace.
 */
@Component
class CompletionContract {
  private final Workspaces workspaces;

  CompletionContract(Workspaces workspaces) {
    this.workspaces = workspaces;
  }

  /**
   * The result of the check.
   *
   * @param missing what is not there, for a person to read; empty when the contract is met
   */
  record Verdict(boolean contractMet, String missing) {}

  Verdict check(Beat beat) {
    Workspace workspace = workspaces.of(beat.agentId());
    List<String> missing = new ArrayList<>();
    if (!belongsTo(beat, workspace, beat.logPath())) {
      missing.add("activity log");
    }
    if (beat.artifactPath() != null && !belongsTo(beat, workspace, beat.artifactPath())) {
      missing.add("artifact " + beat.artifactPath());
    }
    return new Verdict(missing.isEmpty(), String.join(", ", missing));
  }

  private static boolean belongsTo(Beat beat, Workspace workspace, @Nullable String path) {
    if (path == null) {
      return false;
    }
    Optional<String> text;
    try {
      text = workspace.tryRead(path);
    } catch (WorkspaceException unreadable) {
      return false;
    }
    return text.map(FrontMatter::read)
        .filter(file -> file.head().get("heartbeat").filter(beat.heartbeatId()::equals).isPresent())
        .filter(file -> !file.body().isBlank())
        .isPresent();
  }
}
