package dev.kodo.heartbeat;

import dev.kodo.model.HeartbeatUse;
import dev.kodo.model.Models;
import dev.kodo.theme.CutMark;
import dev.kodo.theme.Theme;
import dev.kodo.theme.Themes;
import dev.kodo.worker.JobRun;
import dev.kodo.workspace.FrontMatter;
import dev.kodo.workspace.Workspace;
import dev.kodo.workspace.Workspaces;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Writes {@code histories/<HEARTBEAT_ID>.md}: the last step of every beat, also of one that failed.
 */
@Component
class ActivityLog {
  private final Workspaces workspaces;
  private final Themes themes;
  private final Models models;
  private final Clock clock;

  ActivityLog(Workspaces workspaces, Themes themes, Models models, Clock clock) {
    this.workspaces = workspaces;
    this.themes = themes;
    this.models = models;
    this.clock = clock;
  }

  BeatStore.LogEntry write(Beat beat, HeartbeatWorker.WriteLog end, JobRun run) {
    Theme theme = themeOf(beat);
    String path = histories(theme) + "/" + beat.heartbeatId() + ".md";
    ActivityEnd how = ActivityEnd.of(beat, end);
    String artifact = how.isDone() ? end.artifactPath() : null;
    FrontMatter head =
        head(beat, theme, activity(beat))
            .with("tier", end.tier())
            .with("outcome", how.outcome())
            .with("artifact", artifact)
            .with("cut", cutOf(beat, artifact))
            .with("error", how.errorCode());
    String text = body(beat, artifact, how);
    run.ensureWanted();
    Workspace workspace = workspaces.of(beat.agentId());
    if (!isLogOf(beat, workspace, path)) {
      workspace.write(path, head.over(text));
    }
    workspace.commit(beat.heartbeatId() + " activity log: " + activity(beat), List.of(path));
    return new BeatStore.LogEntry(
        theme == null ? null : theme.id(), artifact, path, how.errorCode(), how.message());
  }

  /** As the beat's step recorded it, else as the piece itself says it, whatever step wrote it. */
  private @Nullable String cutOf(Beat beat, @Nullable String artifact) {
    if (beat.marks().cut() != null || artifact == null) {
      return beat.marks().cut();
    }
    return workspaces
        .of(beat.agentId())
        .tryRead(artifact)
        .flatMap(text -> FrontMatter.read(text).head().get(CutMark.KEY))
        .orElse(null);
  }

  /** A log that this beat wrote before a crash stays as it is, so that it is committed once. */
  private static boolean isLogOf(Beat beat, Workspace workspace, String path) {
    String instance = String.valueOf(beat.processInstanceKey());
    return workspace
        .tryRead(path)
        .map(text -> FrontMatter.read(text).head())
        .filter(head -> head.get("heartbeat").filter(beat.heartbeatId()::equals).isPresent())
        .filter(head -> head.get("process_instance").filter(instance::equals).isPresent())
        .isPresent();
  }

  /** Logs a beat that never closed, in the name of the beat that found it. */
  void writeForCrashed(Beat crashed, String foundBy, JobRun run) {
    Theme theme = themeOf(crashed);
    Workspace workspace = workspaces.of(crashed.agentId());
    String path = freeLogPath(workspace, histories(theme), crashed.heartbeatId(), foundBy);
    FrontMatter head =
        head(crashed, theme, "recovery")
            .with("interrupted_activity", crashed.activity())
            .with("outcome", "crashed")
            .with("recovered_by", foundBy);
    String text =
        """
        # Recovery of heartbeat %s

        This beat opened at %s and never closed. Beat %s found it and runs in recovery mode.

        - Activity under way: %s
        - Artifact it had written: %s

        Nothing that it finished is lost: what it wrote before the crash is in this workspace and in its git history.
        """
            .formatted(
                crashed.heartbeatId(),
                crashed.openedAt(),
                foundBy,
                crashed.activity() == null ? "none was chosen yet" : crashed.activity(),
                crashed.artifactPath() == null ? "none" : crashed.artifactPath());
    run.ensureWanted();
    workspace.write(path, head.over(text));
    workspace.commit(foundBy + " recovery log of " + crashed.heartbeatId(), List.of(path));
  }

  /**
   * The beat's own log is never overwritten: the recovery log then gets a number, {@code
   * <ID>_01.md}.
   */
  private static String freeLogPath(
      Workspace workspace, String folder, String heartbeatId, String foundBy) {
    String path = folder + "/" + heartbeatId + ".md";
    for (int number = 1; isTaken(workspace, path, foundBy); number++) {
      path = "%s/%s_%02d.md".formatted(folder, heartbeatId, number);
    }
    return path;
  }

  private static boolean isTaken(Workspace workspace, String path, String foundBy) {
    return workspace
        .tryRead(path)
        .map(text -> FrontMatter.read(text).head().get("recovered_by"))
        .map(by -> by.filter(foundBy::equals).isEmpty())
        .orElse(false);
  }

  private FrontMatter head(Beat beat, @Nullable Theme theme, String activity) {
    HeartbeatUse use = models.useOf(beat.agentId(), beat.heartbeatId());
    return FrontMatter.empty()
        .with("heartbeat", beat.heartbeatId())
        .with("activity", activity)
        .with("mode", beat.mode())
        .with("trigger", beat.trigger())
        .with("theme", theme == null ? null : theme.id())
        .with("chosen_by", chosenBy(beat))
        .with("nothing_kept", beat.marks().nothingKept())
        .with("model", use.model())
        .with("rehearsal", use.rehearsal())
        .with("model_calls", use.calls())
        .with("input_tokens", use.inputTokens())
        .with("output_tokens", use.outputTokens())
        .with("cached_tokens", cached(use))
        .with("cost_usd", use.costUsd())
        .with("duration_ms", beat.durationMs(clock.instant()))
        .with("process_instance", beat.processInstanceKey());
  }

  private static @Nullable BigDecimal cached(HeartbeatUse use) {
    return use.cachedTokens() == null ? null : BigDecimal.valueOf(use.cachedTokens());
  }

  private static String body(Beat beat, @Nullable String artifact, ActivityEnd how) {
    StringBuilder text =
        new StringBuilder("# Heartbeat %s: %s\n".formatted(beat.heartbeatId(), activity(beat)));
    paragraph(text, "Why", beat.reason());
    paragraph(text, "What was done", beat.summary());
    paragraph(text, "Artifact", artifact == null ? null : "`" + artifact + "`");
    if (how.errorCode() == null) {
      paragraph(text, "Why it was cut short", how.message());
    } else {
      paragraph(text, "What went wrong", how.errorCode() + ": " + how.message());
    }
    return text.toString();
  }

  private static void paragraph(StringBuilder text, String heading, @Nullable String content) {
    if (content != null && !content.isBlank()) {
      text.append("\n## ").append(heading).append("\n\n").append(content.strip()).append('\n');
    }
  }

  private static @Nullable String chosenBy(Beat beat) {
    ChosenBy by = beat.marks().chosenBy();
    return by == null ? null : by.id();
  }

  private static String activity(Beat beat) {
    return beat.activity() == null ? "none" : beat.activity();
  }

  /** The theme that the beat opened in, or the one that it started. */
  private @Nullable Theme themeOf(Beat beat) {
    return beat.themeId() == null
        ? themes.current(beat.agentId()).orElse(null)
        : themes.find(beat.agentId(), beat.themeId()).orElse(null);
  }

  private static String histories(@Nullable Theme theme) {
    return Theme.folderOf(theme) + "/histories";
  }
}
