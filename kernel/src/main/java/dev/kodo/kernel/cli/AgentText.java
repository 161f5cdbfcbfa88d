package dev.kodo.kernel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kodo.kernel.config.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** What one agent does, in two or three lines. */
final class AgentText {
  private AgentText() {}

  static String of(JsonNode agent, Instant now, ZoneId zone) {
    StringBuilder text = new StringBuilder();
    text.append("Agent ").append(agent.path("agentId").asText());
    text.append(" is ").append(agent.path("state").asText());
    JsonNode theme = agent.path("theme");
    text.append(theme.isObject() ? theme(theme) : ", has no theme");
    trouble(agent, text);
    agent.path("pausedThemes").forEach(paused -> paused(paused, text));
    JsonNode beating = agent.path("beating");
    if (beating.isObject()) {
      Instant since = UpScreen.instant(beating.path("since").asText(), now);
      text.append("\n  beats now: ").append(beating.path("activity").asText("choosing"));
      text.append(" for ").append(Durations.readable(Duration.between(since, now).abs()));
    }
    waiting(agent, now, text);
    text.append("\n  beats:").append(counts(agent.path("beats")));
    lately(agent.path("lately"), text);
    survival(agent.path("survival"), text);
    JsonNode last = agent.path("lastBeat");
    if (last.isObject()) {
      text.append("\n  last: ").append(BeatLine.text(last, zone));
    }
    text.append(RoutineText.summary(agent.path("routines"), now, zone));
    pruned(agent.path("pruned"), now, text);
    notice(agent.path("sos"), text);
    return text.toString();
  }

  /**
   * Only while room could make it beat: a dead or stopped agent keeps its turn, and waits for more.
   */
  private static void waiting(JsonNode agent, Instant now, StringBuilder text) {
    if (agent.hasNonNull("waitsForRoomSince")
        && agent.path("state").asText().equals("running")
        && !agent.path("survival").path("tier").asText().equals("dead")) {
      Instant since = UpScreen.instant(agent.path("waitsForRoomSince").asText(), now);
      text.append("\n  waits for ").append(Durations.readable(Duration.between(since, now).abs()));
      text.append(": the beats of other agents need what is left of the budget");
    }
  }

  /** Why an agent stands; a trouble that was met once is told by its beat. */
  private static void trouble(JsonNode agent, StringBuilder text) {
    JsonNode trouble = agent.path("trouble");
    int inARow = trouble.path("inARow").asInt();
    boolean stands = agent.path("state").asText().equals("stopped-for-review");
    if (inARow > 1 || (stands && inARow > 0)) {
      text.append(stands ? "\n  stands, because " : "\n  ");
      text.append(inARow).append(inARow == 1 ? " beat met: " : " beats in a row met: ");
      text.append(trouble.path("what").asText().replace('\n', ' '));
    }
  }

  private static void paused(JsonNode theme, StringBuilder text) {
    text.append("\n  paused for a person's theme: \"").append(theme.path("title").asText());
    text.append("\" (").append(theme.path("beats").asInt()).append(" beats)");
  }

  /** What its errors do not tell of the latest beats; all was well when this says nothing. */
  private static void lately(JsonNode lately, StringBuilder text) {
    StringBuilder told = new StringBuilder();
    if (lately.path("byTable").asInt() > 0) {
      told.append(", ").append(lately.path("byTable").asInt()).append(" of ");
      told.append(lately.path("asked").asInt()).append(" choices by table");
      if (lately.hasNonNull("whyTable")) {
        told.append(" (the last: ")
            .append(lately.path("whyTable").asText().replace('\n', ' '))
            .append(')');
      }
    }
    if (lately.path("cut").asInt() > 0) {
      told.append(", ").append(lately.path("cut").asInt()).append(" cut pieces");
    }
    if (lately.path("nothingKept").asInt() > 0) {
      told.append(", ").append(lately.path("nothingKept").asInt());
      told.append(" times nothing worth keeping");
    }
    if (!told.isEmpty()) {
      text.append("\n  last ").append(lately.path("beats").asInt()).append(" beats: ");
      text.append(told, 2, told.length());
    }
  }

  /** The usual tier is not worth a line. */
  private static void survival(JsonNode standing, StringBuilder text) {
    String tier = standing.path("tier").asText("normal");
    if (!tier.equals("normal")) {
      text.append("\n  survival: ").append(tier);
      text.append(", models of the class ").append(standing.path("modelClass").asText());
    }
    if (standing.hasNonNull("unmeasuredSince")) {
      text.append("\n  survival cannot be measured since ");
      text.append(standing.path("unmeasuredSince").asText()).append(": ");
      text.append(standing.path("unmeasuredReason").asText());
    }
  }

  /** What was removed of ended sessions; nothing before the first time. */
  private static void pruned(JsonNode pruned, Instant now, StringBuilder text) {
    long rows = pruned.path("effects").asLong() + pruned.path("records").asLong();
    if (rows > 0) {
      Instant at = UpScreen.instant(pruned.path("at").asText(), now);
      text.append("\n  pruned: ").append(rows).append(" old records, last look ");
      text.append(Durations.readable(Duration.between(at, now).abs())).append(" ago");
    }
  }

  private static void notice(JsonNode notice, StringBuilder text) {
    if (!notice.isObject()) {
      return;
    }
    text.append("\n  told you: ").append(notice.path("subject").asText());
    String separator = " (";
    for (JsonNode channel : notice.path("channels")) {
      text.append(separator).append(channel.path("channel").asText()).append(' ');
      text.append(channel.path("state").asText());
      if (channel.path("state").asText().equals("failed")) {
        text.append(": ").append(channel.path("lastError").asText());
      }
      separator = ", ";
    }
    text.append(separator.equals(", ") ? ")" : "");
  }

  private static String theme(JsonNode theme) {
    String title = theme.path("title").asText(theme.path("name").asText());
    return ", theme \"" + title + "\" (" + theme.path("beats").asInt() + " beats)";
  }

  private static String counts(JsonNode beats) {
    StringBuilder text = new StringBuilder();
    for (String kind :
        new String[] {"closed", "failed", "incomplete", "cutShort", "crashed", "today"}) {
      if (beats.has(kind)) {
        text.append(text.isEmpty() ? " " : ", ").append(beats.path(kind).asLong());
        text.append(' ').append(kind.equals("cutShort") ? "cut short" : kind);
      }
    }
    return text.toString();
  }
}
