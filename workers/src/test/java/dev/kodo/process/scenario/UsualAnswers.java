package dev.kodo.process.scenario;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The answers of a body to which nothing special happens, by job type. */
final class UsualAnswers {
  static final Map<String, Object> AT_ONCE = Map.of("nextBeatIn", "PT0S", "needsReview", false);

  static final Map<String, Map<String, Object>> BY_TYPE = byType();

  private UsualAnswers() {}

  private static Map<String, Map<String, Object>> byType() {
    Map<String, Map<String, Object>> answers = new HashMap<>();
    answers.put("agent-prepare", Map.of("baseInterval", "PT30M", "pace", AT_ONCE));
    answers.put("agent-stop", Map.of());
    answers.put(
        "decision-record",
        Map.of(
            "decisionId", "decision-1",
            "decisionDueIn", "P7D",
            "reviewQuestion", "Shall it go on?",
            "noticeId", "review-decision-1"));
    answers.put("decision-close", Map.of("pace", AT_ONCE));
    answers.put("heartbeat-open", opened());
    answers.put("heartbeat-recover", Map.of());
    answers.put(
        "heartbeat-choose",
        Map.of("activity", "think", "reason", "It is time to think.", "timeLimit", "PT10M"));
    answers.put(
        "heartbeat-record-choice",
        Map.of("activity", "observe", "reason", "The table chose.", "timeLimit", "PT10M"));
    answers.put("heartbeat-log", Map.of("logPath", "daily/log.md"));
    answers.put("heartbeat-verify", Map.of("contractMet", true, "missing", ""));
    answers.put("heartbeat-close", Map.of("outcome", "closed", "sameErrorCount", 0));
    for (String activity : new String[] {"think", "observe", "create", "other"}) {
      answers.put("activity-" + activity, Map.of("artifactPath", "artifacts/" + activity + ".md"));
    }
    answers.put("theme-pick", Map.of("themeFound", true, "themeFile", "tea.md"));
    answers.put("theme-choose-own", Map.of("themeFile", "own.md"));
    answers.put("theme-record-start", Map.of("themeId", "theme-2"));
    answers.put("theme-resume", Map.of("themeId", "theme-3"));
    answers.put("theme-record-pause", Map.of());
    answers.put("theme-expert-context", Map.of("artifactPath", "artifacts/context.md"));
    answers.put("theme-plain-context", Map.of("artifactPath", "artifacts/plain-context.md"));
    answers.put("theme-summarize", Map.of("artifactPath", "artifacts/summary.md"));
    answers.put("theme-record-end", Map.of());
    survival(answers);
    repair(answers);
    routine(answers);
    answers.put("introspection-gather", Map.of());
    answers.put("introspection-evaluate", Map.of());
    answers.put("introspection-write", Map.of("artifactPath", "artifacts/evaluation.md"));
    return Map.copyOf(answers);
  }

  private static void survival(Map<String, Map<String, Object>> answers) {
    answers.put("survival-measure", Map.of("spending", Map.of("share", 0.1)));
    answers.put("survival-record", tier("normal", "best", 0));
    answers.put("survival-keep", tier("normal", "best", 0));
    answers.put(
        "survival-note",
        Map.of("agentLives", true, "tierNews", false, "notices", List.of(), "askToSpend", false));
    answers.put("survival-tell", Map.of());
    answers.put(
        "survival-ask",
        Map.of(
            "decisionId", "decision-2",
            "decisionDueIn", "PT8H",
            "spendQuestion", "Spend more?",
            "spendTerms", "You run a command."));
    answers.put("survival-answer", Map.of());
    answers.put("sos-prepare", Map.of("toldBefore", false, "channels", List.of("log", "webhook")));
    answers.put("sos-deliver", Map.of());
    answers.put("sos-fail", Map.of());
  }

  private static void repair(Map<String, Map<String, Object>> answers) {
    answers.put(
        "repair-look", Map.of("agentLives", true, "repairInterval", "PT2M", "findings", List.of()));
    answers.put("repair-restore-workspace", Map.of());
    answers.put("repair-retry", Map.of());
    answers.put(
        "repair-ask",
        Map.of(
            "asked", true,
            "decisionId", "decision-3",
            "decisionDueIn", "P7D",
            "repairQuestion", "Try it again?",
            "repairDetail", "It broke."));
    answers.put("repair-answer", Map.of("verdict", "leave"));
    answers.put("repair-cancel", Map.of());
  }

  private static void routine(Map<String, Map<String, Object>> answers) {
    Map<String, Object> looked = new HashMap<>();
    looked.put("agentLives", true);
    looked.put("due", List.of());
    looked.put("tier", "normal");
    looked.put("modelClass", "best");
    looked.put("nextLookIn", "PT1M");
    looked.put("triggeredRoutine", null);
    looked.put("triggeredMessage", null);
    answers.put("routine-look", looked);
    answers.put("routine-start", Map.of("dueRuns", List.of()));
    answers.put("routine-carry-out", Map.of("artifactPath", "routines/news/1.md"));
    answers.put("routine-close", Map.of());
    answers.put("session-prune-effects", Map.of("prunedEffects", 3));
    answers.put("session-prune-records", Map.of("agentLives", true, "nextPruningIn", "PT10M"));
  }

  /** What a survival check leaves. */
  static Map<String, Object> tier(String tier, String modelClass, int number) {
    return Map.of("tier", tier, "modelClass", modelClass, "tierNumber", number, "share", 0.1);
  }

  private static Map<String, Object> opened() {
    Map<String, Object> opened = new HashMap<>();
    opened.put("heartbeatId", "20260101120000");
    opened.put("mode", "normal");
    opened.put("previousBeat", "closed");
    opened.put("hasTheme", true);
    opened.put("themeId", "theme-1");
    opened.put("beatsInTheme", 1);
    opened.put("beatsSince", Map.of("think", 1));
    opened.put("personWaits", false);
    opened.put("timeLimit", "PT10M");
    opened.put("baseInterval", "PT30M");
    return Map.copyOf(opened);
  }
}
