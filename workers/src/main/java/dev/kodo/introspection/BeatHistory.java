package dev.kodo.introspection;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What introspection has to know about beats; the heartbeat feature answers. */
public interface BeatHistory {
  /** The latest beats of an agent that have ended, newest first. */
  List<PastBeat> latest(String agentId, int most);

  /**
   * A beat that has ended.
   *
   * @param activity null when the beat ended before it chose one
   * @param state {@code closed}, {@code failed}, {@code incomplete} or {@code crashed}
   */
  record PastBeat(
      String heartbeatId, @Nullable String activity, String state, @Nullable String errorCode) {}
}
