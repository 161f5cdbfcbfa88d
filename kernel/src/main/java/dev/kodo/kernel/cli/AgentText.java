package dev.kodo.kernel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kodo.kernel.config.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** What one agent does, in two or three lines. */
final class AgentText {
  private AgentText() {}

  static String of(JsonNode agent, Instant now) {
    StringBuilder text = new StringBuilder();
    text.append("Agent ").append(agent.path("agentId").asText());
    text.append(" is ").append(agent.path("state").asText());
    JsonNode theme = agent.path("theme");
    text.append(theme.isObject() ? theme(theme) : ", has no theme");
    JsonNode beating = agent.path("beating");
    if (beating.isObject()) {
      Instant since = UpScreen.instant(beating.path("since").asText(), now);
      text.append("\n  beats now: ").append(beating.path("activity").asText("choosing"));
      text.append(" for ").append(Durations.readable(Duration.between(since, now).abs()));
    }
    text.append("\n  beats:").append(counts(agent.path("beats")));
    JsonNode last = agent.path("lastBeat");
    if (last.isObject()) {
      text.append("\n  last: ").append(BeatLine.text(last, ZoneId.systemDefault()));
    }
    return text.toString();
  }

  private static String theme(JsonNode theme) {
    String title = theme.path("title").asText(theme.path("name").asText());
    return ", theme \"" + title + "\" (" + theme.path("beats").asInt() + " beats)";
  }

  private static String counts(JsonNode beats) {
    StringBuilder text = new StringBuilder();
    for (String kind : new String[] {"closed", "failed", "incomplete", "crashed", "today"}) {
      if (beats.has(kind)) {
        text.append(text.isEmpty() ? " " : ", ").append(beats.path(kind).asLong());
        text.append(' ').append(kind);
      }
    }
    return text.toString();
  }
}
