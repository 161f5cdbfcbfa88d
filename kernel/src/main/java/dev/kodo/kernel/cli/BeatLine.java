package dev.kodo.kernel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kodo.kernel.config.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** One closed heartbeat as one readable line. */
final class BeatLine {
  private BeatLine() {}

  static String text(JsonNode beat, ZoneId zone) {
    StringBuilder line = new StringBuilder();
    Instant closed = UpScreen.instant(beat.path("closedAt").asText(), Instant.EPOCH);
    line.append(time(closed.atZone(zone)));
    line.append("  ").append(beat.path("agentId").asText());
    line.append("  ").append(beat.path("outcome").asText());
    line.append("  ").append(beat.path("activity").asText("-"));
    if (beat.path("mode").asText().equals("recovery")) {
      line.append(" (recovery)");
    }
    if (beat.path("chosenBy").asText().equals("table")) {
      line.append(" (by table)");
    }
    append(line, "  on ", theme(beat.path("theme")));
    append(line, ": ", shortened(beat.path("reason").asText("")));
    append(line, "  → ", beat.path("artifactPath").asText(""));
    append(line, "  cut: ", beat.path("cut").asText(""));
    line.append(beat.path("nothingKept").asBoolean() ? "  nothing worth keeping" : "");
    append(line, "  error ", beat.path("errorCode").asText(""));
    line.append("  (")
        .append(Durations.readable(Duration.ofMillis(beat.path("durationMs").asLong())));
    line.append(beat.path("rehearsal").asBoolean() ? ", rehearsal)" : ")");
    return line.toString().replace('\n', ' ');
  }

  private static String time(ZonedDateTime time) {
    return Durations.twoDigits(time.getHour())
        + ":"
        + Durations.twoDigits(time.getMinute())
        + ":"
        + Durations.twoDigits(time.getSecond());
  }

  private static String theme(JsonNode theme) {
    return theme.isObject() ? theme.path("name").asText("") : theme.asText("");
  }

  private static void append(StringBuilder line, String before, String value) {
    if (!value.isEmpty() && !value.equals("null")) {
      line.append(before).append(value);
    }
  }

  private static String shortened(String text) {
    return text.codePointCount(0, text.length()) <= 90
        ? text
        : text.substring(0, text.offsetByCodePoints(0, 89)) + "…";
  }
}
