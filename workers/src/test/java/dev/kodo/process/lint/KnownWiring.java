package dev.kodo.process.lint;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A body that fits the diagrams, for tests that do not need the real one. */
final class KnownWiring {
  private static final Set<String> ANY_ERROR =
      Set.of(
          "MODEL_UNAVAILABLE",
          "MODEL_ANSWER_INVALID",
          "BUDGET_EXCEEDED",
          "OUTCOME_UNKNOWN",
          "WORKSPACE_UNWRITABLE");
  private static final Set<String> MESSAGES =
      Set.of(
          "start-agent",
          "beat-now",
          "stop-agent",
          "decision-made",
          "tier-changed",
          "look-now",
          "step-free",
          "routine-trigger");
  private static final String THROWING =
      """
      heartbeat-recover heartbeat-choose heartbeat-log
      activity-think activity-observe activity-create activity-other
      theme-pick theme-choose-own theme-record-start theme-resume theme-record-pause theme-expert-context theme-summarize
      theme-record-end routine-carry-out model-ask introspection-gather introspection-evaluate introspection-write
      """;
  private static final String NEVER_THROWING =
      """
      agent-prepare agent-stop decision-record decision-close
      heartbeat-open heartbeat-verify heartbeat-close
      survival-record survival-keep survival-note survival-tell survival-ask survival-answer
      sos-prepare sos-fail
      repair-look repair-restore-workspace repair-retry repair-ask repair-answer repair-cancel
      routine-look routine-start routine-close
      session-prune-effects session-prune-records
      """;

  /** Building blocks need not be on a diagram. */
  private static final Map<String, Set<String>> FIELDS =
      Map.of("model-ask", Set.of("title", "question"), "artifact-write", Set.of("title"));

  private KnownWiring() {}

  static Wiring wiring() {
    Map<String, Set<String>> errors = new HashMap<>();
    for (String type : THROWING.strip().split("\\s+", -1)) {
      errors.put(type, ANY_ERROR);
    }
    for (String type : NEVER_THROWING.strip().split("\\s+", -1)) {
      errors.put(type, Set.of());
    }
    errors.put("heartbeat-record-choice", Set.of("CHOICE_UNREADABLE"));
    errors.put(
        "heartbeat-choose",
        Stream.concat(ANY_ERROR.stream(), Stream.of("CHOICE_UNREADABLE", "NOTHING_PERMITTED"))
            .collect(Collectors.toSet()));
    errors.put("survival-measure", Set.of("SPENDING_UNKNOWN"));
    errors.put("sos-deliver", Set.of("CHANNEL_FAILED"));
    errors.put("theme-plain-context", Set.of("WORKSPACE_UNWRITABLE"));
    errors.put("artifact-write", Set.of("WORKSPACE_UNWRITABLE"));
    return new Wiring(errors, MESSAGES, FIELDS);
  }

  static Wiring withJobType(String type, Set<String> errorCodes) {
    Map<String, Set<String>> errors = new HashMap<>(wiring().errorCodesByJobType());
    errors.put(type, errorCodes);
    return new Wiring(errors, MESSAGES, FIELDS);
  }

  static Wiring withoutJobType(String type) {
    Map<String, Set<String>> errors = new HashMap<>(wiring().errorCodesByJobType());
    errors.remove(type);
    return new Wiring(errors, MESSAGES, FIELDS);
  }

  static Set<String> messagesAnd(String name) {
    return Stream.concat(MESSAGES.stream(), Stream.of(name)).collect(Collectors.toSet());
  }

  static Set<String> messagesWithout(String name) {
    return MESSAGES.stream().filter(other -> !other.equals(name)).collect(Collectors.toSet());
  }

  static Wiring withMessages(Set<String> names) {
    return new Wiring(wiring().errorCodesByJobType(), names, FIELDS);
  }
}
