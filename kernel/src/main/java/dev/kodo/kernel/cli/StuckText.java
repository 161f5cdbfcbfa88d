package dev.kodo.kernel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kodo.kernel.config.Durations;
import dev.kodo.kernel.home.Printable;
import java.time.Duration;
import java.time.Instant;

/** Where processes are stuck, as a person reads it. */
final class StuckText {
  private static final int LONGEST = 110;

  private StuckText() {}

  /** Two lines: where and since when, what happened and what is done about it. */
  static String of(JsonNode stuck, Instant now) {
    Instant since = UpScreen.instant(stuck.path("since").asText(), now);
    return "  "
        + id(stuck)
        + line(stuck.path("element"))
        + " of "
        + line(stuck.path("process"))
        + " (agent "
        + line(stuck.path("agentId"))
        + ", instance "
        + stuck.path("instanceKey").asText()
        + ") since "
        + Durations.readable(Duration.between(since, now).abs())
        + "\n      "
        + line(stuck.path("kind"))
        + why(stuck)
        + "\n      self-repair: "
        + line(stuck.path("doing"));
  }

  private static String id(JsonNode stuck) {
    return stuck.hasNonNull("repairId") ? line(stuck.path("repairId")) + "  " : "";
  }

  private static String why(JsonNode stuck) {
    String why = line(stuck.path("why"));
    return why.isEmpty() ? "" : ": " + why;
  }

  /** One line of what may come from outside: no control character, no end of a line. */
  private static String line(JsonNode text) {
    String whole = Printable.text(text.asText()).replaceAll("\\s+", " ").strip();
    return whole.length() <= LONGEST ? whole : whole.substring(0, LONGEST) + "…";
  }
}
