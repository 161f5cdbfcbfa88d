package dev.kodo.process.scenario;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The state of one agent of {@link FakeBody}. */
final class FakeAgent {
  private static final DateTimeFormatter ID =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.UTC);
  private static final int BEATS_OF_A_THEME = 12;

  private final Clock clock;
  private final Random random;
  private final List<String> heartbeatIds = new ArrayList<>();
  private final Set<String> logged = new HashSet<>();
  private final List<String> startedThemes = new ArrayList<>();
  private final List<String> endedThemes = new ArrayList<>();
  private @Nullable String themeId;
  private int beatsInTheme;

  FakeAgent(Clock clock, Random random) {
    this.clock = clock;
    this.random = random;
  }

  List<String> heartbeatIds() {
    return heartbeatIds;
  }

  Set<String> logged() {
    return logged;
  }

  List<String> startedThemes() {
    return startedThemes;
  }

  List<String> endedThemes() {
    return endedThemes;
  }

  boolean hasTheme() {
    return themeId != null;
  }

  Map<String, Object> prepare() {
    return Map.of("baseInterval", "PT30M", "pace", UsualAnswers.AT_ONCE);
  }

  Map<String, Object> open() {
    String id = ID.format(clock.instant());
    heartbeatIds.add(id);
    Map<String, Object> opened =
        new HashMap<>(UsualAnswers.BY_TYPE.getOrDefault("heartbeat-open", Map.of()));
    opened.put("heartbeatId", id);
    opened.put("hasTheme", hasTheme());
    opened.put("themeId", themeId);
    opened.put("beatsInTheme", beatsInTheme);
    return opened;
  }

  Map<String, Object> choose(Map<String, Object> job) {
    List<?> permitted = (List<?>) job.getOrDefault("permittedActivities", List.of());
    beatsInTheme++;
    return Map.of(
        "activity",
        pick(permitted),
        "reason",
        "Chance says so.",
        "timeLimit",
        Duration.ofMinutes(10).toString());
  }

  private String pick(List<?> permitted) {
    if (beatsInTheme >= BEATS_OF_A_THEME && permitted.contains("theme-end")) {
      return "theme-end";
    }
    List<String> choices =
        permitted.stream()
            .map(String::valueOf)
            .filter(choice -> !choice.equals("theme-end"))
            .toList();
    return choices.get(random.nextInt(choices.size()));
  }

  Map<String, Object> log(Map<String, Object> job) {
    logged.add(String.valueOf(job.get("heartbeatId")));
    return Map.of("logPath", "log.md");
  }

  Map<String, Object> verify(Map<String, Object> job) {
    return Map.of(
        "contractMet", logged.contains(String.valueOf(job.get("heartbeatId"))), "missing", "");
  }

  Map<String, Object> close(Map<String, Object> job) {
    return Map.of(
        "outcome",
        Boolean.TRUE.equals(job.get("contractMet")) ? "closed" : "incomplete",
        "sameErrorCount",
        0);
  }

  Map<String, Object> pickTheme() {
    return random.nextBoolean()
        ? Map.of("themeFound", true, "themeFile", "theme.md")
        : Map.of("themeFound", false, "themeFile", "");
  }

  Map<String, Object> startTheme() {
    themeId = "theme-" + (startedThemes.size() + 1);
    beatsInTheme = 0;
    startedThemes.add(themeId);
    return Map.of("themeId", themeId);
  }

  Map<String, Object> endTheme(Map<String, Object> job) {
    endedThemes.add(String.valueOf(job.get("themeId")));
    themeId = null;
    beatsInTheme = 0;
    return Map.of();
  }
}
