package dev.kodo.routine;

import dev.kodo.config.KodoProperties;
import dev.kodo.heartbeat.Heartbeats;
import dev.kodo.survival.Standing;
import dev.kodo.survival.Survival;
import dev.kodo.theme.Themes;
import dev.kodo.workspace.Entry;
import dev.kodo.workspace.Workspace;
import dev.kodo.workspace.WorkspaceException;
import dev.kodo.workspace.Workspaces;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds out what happened since the last look. It looks at state, so that nothing gets lost. */
@Component
class Events {
  private static final int DEEPEST = 8;
  private static final int MOST_FILES = 5000;

  private final Heartbeats heartbeats;
  private final Themes themes;
  private final Survival survival;
  private final Workspaces workspaces;
  private final KodoProperties properties;
  private final Clock clock;

  Events(
      Heartbeats heartbeats,
      Themes themes,
      Survival survival,
      Workspaces workspaces,
      KodoProperties properties,
      Clock clock) {
    this.heartbeats = heartbeats;
    this.themes = themes;
    this.survival = survival;
    this.workspaces = workspaces;
    this.properties = properties;
    this.clock = clock;
  }

  /**
   * What a look found.
   *
   * @param seen how far it looked, to be handed to the next one
   * @param news what happened since the last look, null for nothing
   * @param trouble why nothing could be seen, null when it could
   */
  record Found(@Nullable String seen, @Nullable String news, @Nullable String trouble) {
    static final Found NOTHING = new Found(null, null, null);
  }

  /**
   * Looks for the event of a trigger.
   *
   * @param seen what the last look left; null at the first, which finds nothing new
   */
  Found look(String agentId, Routine.When when, @Nullable String seen) {
    return switch (when) {
      case Routine.When.Cron cron -> Found.NOTHING;
      case Routine.When.Message message -> Found.NOTHING;
      case Routine.When.Happened happened -> happened(agentId, happened, seen);
      case Routine.When.FileAdded added -> fileAdded(agentId, added.glob(), seen);
    };
  }

  private Found happened(String agentId, Routine.When.Happened happened, @Nullable String seen) {
    String now =
        switch (happened.occasion()) {
          case THEME_ENDED -> themes.lastEnd(agentId).orElse("none");
          case HEARTBEAT_FAILED -> heartbeats.lastTrouble(agentId).orElse("none");
          case TIER_CHANGED -> survival.of(agentId).map(Events::tier).orElse("none");
        };
    boolean isNew = seen != null && !now.equals(seen) && !now.equals("none");
    return new Found(now, isNew ? happened.text() + "\n" + now : null, null);
  }

  private static String tier(Standing standing) {
    return standing.tierNumber() == 0 ? "none" : standing.tierNumber() + " " + standing.tier();
  }

  /** What cannot be read is the trouble of this routine alone; nothing new is missed by it. */
  private Found fileAdded(String agentId, Glob glob, @Nullable String seen) {
    Set<String> now = new TreeSet<>();
    try {
      collect(workspaces.of(agentId), glob, glob.folder(), 0, now);
    } catch (WorkspaceException unreadable) {
      return new Found(seen, null, unreadable.reason());
    }
    Set<String> before = seen == null ? now : new HashSet<>(Arrays.asList(seen.split("\n", -1)));
    List<String> added = now.stream().filter(path -> !before.contains(path)).toList();
    return new Found(
        String.join("\n", now),
        added.isEmpty() ? null : Trigger.FILE_ADDED + "\n" + String.join("\n", added),
        null);
  }

  /** What routines write themselves starts none, and a file that is still written waits. */
  private void collect(
      Workspace workspace, Glob glob, String folder, int depth, Set<String> paths) {
    if (folder.equals(RunFiles.FOLDER) || folder.startsWith(RunFiles.FOLDER + "/")) {
      return;
    }
    List<String> folders = new ArrayList<>();
    Instant settled = clock.instant().minus(properties.theme().settle());
    for (Entry entry : entries(workspace, folder)) {
      String path = folder.isEmpty() ? entry.name() : folder + "/" + entry.name();
      if (entry.name().startsWith(".")) {
        continue;
      }
      if (entry.kind() == Entry.Kind.FOLDER) {
        folders.add(path);
      } else if (entry.kind() == Entry.Kind.FILE
          && paths.size() < MOST_FILES
          && !entry.modified().isAfter(settled)
          && path.chars().noneMatch(Character::isISOControl)
          && glob.matches(path)) {
        paths.add(path);
      }
    }
    if (depth < DEEPEST) {
      folders.forEach(each -> collect(workspace, glob, each, depth + 1, paths));
    }
  }

  private static List<Entry> entries(Workspace workspace, String folder) {
    return folder.isEmpty() ? workspace.list() : workspace.list(folder);
  }

  /** What came together with a trigger that was waiting already. */
  static String together(@Nullable String pending, String news) {
    if (pending == null) {
      return news;
    }
    Set<String> lines = new java.util.LinkedHashSet<>(pending.lines().toList());
    lines.addAll(news.lines().toList());
    return Optional.of(String.join("\n", lines))
        .filter(all -> all.length() <= 20_000)
        .orElse(pending);
  }
}
