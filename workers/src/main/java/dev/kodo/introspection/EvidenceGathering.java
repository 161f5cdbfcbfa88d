package dev.kodo.introspection;

import dev.kodo.theme.Themes;
import dev.kodo.workspace.Entry;
import dev.kodo.workspace.Workspace;
import dev.kodo.workspace.Workspaces;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Counts what happened since about a day ago. */
@Component
class EvidenceGathering {
  /** A day at the usual pace of one beat in 30 minutes. */
  private static final int BEATS = 48;

  private static final int SCORES = 5;
  private static final List<String> READ_OR_UNFINISHED = List.of(".", "draft.", "processed.");

  private final BeatHistory beats;
  private final Workspaces workspaces;
  private final Themes themes;
  private final IntrospectionStore store;

  EvidenceGathering(
      BeatHistory beats, Workspaces workspaces, Themes themes, IntrospectionStore store) {
    this.beats = beats;
    this.themes = themes;
    this.workspaces = workspaces;
    this.store = store;
  }

  Evidence gather(String agentId, String heartbeatId) {
    List<BeatHistory.PastBeat> latest = beats.latest(agentId, BEATS);
    return new Evidence(
        latest.size(),
        count(latest, BeatHistory.PastBeat::activity),
        count(latest, BeatHistory.PastBeat::state),
        count(latest, BeatHistory.PastBeat::errorCode),
        themes.rejectedFiles(agentId),
        unreadFeedback(workspaces.of(agentId)),
        store.lastScores(agentId, heartbeatId, SCORES));
  }

  private static Map<String, Integer> count(
      List<BeatHistory.PastBeat> latest, Function<BeatHistory.PastBeat, @Nullable String> key) {
    return latest.stream()
        .flatMap(beat -> Stream.ofNullable(key.apply(beat)))
        .collect(Collectors.toMap(Function.identity(), found -> 1, Integer::sum));
  }

  private static int unreadFeedback(Workspace workspace) {
    return (int)
        workspace.list("feedbackbox").stream()
            .filter(entry -> entry.kind() != Entry.Kind.FOLDER)
            .map(entry -> entry.name().toLowerCase(Locale.ROOT))
            .filter(name -> READ_OR_UNFINISHED.stream().noneMatch(name::startsWith))
            .count();
  }
}
