package dev.kodo.kernel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Routines as a person reads them. */
final class RoutineText {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);
  private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

  private RoutineText() {}

  static String list(JsonNode answer, String agent, ZoneId zone) {
    StringBuilder text = new StringBuilder();
    if (answer.path("routines").isEmpty()) {
      text.append("Agent ").append(agent).append(" has no routines. ");
      text.append("`kodo routine add --help` shows how to give it one.\n");
    }
    for (JsonNode routine : answer.path("routines")) {
      text.append(routine.path("name").asText());
      text.append(routine.path("enabled").asBoolean() ? "" : " (off)");
      text.append("\n    when: ")
          .append(routine.path("when").asText())
          .append(state(routine, zone));
      JsonNode last = routine.path("lastRun");
      if (last.isObject()) {
        text.append("\n    last: ").append(run(last, zone));
      }
      text.append('\n');
    }
    for (JsonNode problem : answer.path("problems")) {
      text.append("Left out, routines.yml line ").append(problem.path("line").asInt());
      String name = problem.path("routine").asText("");
      text.append(name.isEmpty() || name.equals("null") ? "" : " (" + name + ")");
      text.append(": ").append(problem.path("sentence").asText()).append('\n');
    }
    return text.toString().stripTrailing();
  }

  private static String state(JsonNode routine, ZoneId zone) {
    if (routine.hasNonNull("running")) {
      return ", runs now";
    }
    if (routine.hasNonNull("pending")) {
      return ", waits to run: " + routine.path("pending").asText().lines().findFirst().orElse("");
    }
    return routine.hasNonNull("nextDue")
        ? ", next " + time(routine.path("nextDue"), TIME, zone)
        : "";
  }

  static String show(JsonNode answer, ZoneId zone) {
    JsonNode routine = answer.path("routine");
    StringBuilder text = new StringBuilder(routine.path("name").asText());
    text.append(routine.path("enabled").asBoolean() ? "" : " (off)");
    line(text, "what", routine.path("description"));
    text.append("\n  when: ").append(routine.path("when").asText()).append(state(routine, zone));
    line(text, "do", routine.path("instruction"));
    line(text, "process", routine.path("process"));
    text.append("\n  limits: ").append(dollars(routine.path("spend"))).append(" a run, ");
    if (routine.hasNonNull("spendPerDay")) {
      text.append(dollars(routine.path("spendPerDay"))).append(" a day, ");
    }
    text.append(routine.path("calls").asInt()).append(" calls, ");
    text.append(lasting(Duration.parse(routine.path("time").asText("PT0S"))));
    text.append("\n  missed times: ").append(routine.path("missed").asText());
    text.append(answer.path("runs").isEmpty() ? "\nNo run yet." : "\nRuns:");
    answer.path("runs").forEach(run -> text.append("\n  ").append(run(run, zone)));
    return text.toString();
  }

  private static void line(StringBuilder text, String name, JsonNode value) {
    if (value.isTextual()) {
      text.append("\n  ").append(name).append(": ");
      text.append(value.asText().strip().replace("\n", "\n    "));
    }
  }

  private static String run(JsonNode run, ZoneId zone) {
    StringBuilder text = new StringBuilder(time(run.path("startedAt"), TIME, zone));
    text.append(' ').append(run.path("outcome").asText());
    text.append(", ").append(run.path("calls").asInt()).append(" calls");
    if (run.hasNonNull("spendUsd")) {
      text.append(", ").append(dollars(run.path("spendUsd")));
    }
    if (run.hasNonNull("artifact")) {
      text.append(", ").append(run.path("artifact").asText());
    }
    if (run.hasNonNull("errorMessage")) {
      text.append(": ").append(run.path("errorMessage").asText());
    }
    return text.toString();
  }

  /** One line for the status; nothing when there is nothing to say. */
  static String summary(JsonNode routines, Instant now, ZoneId zone) {
    StringBuilder text = new StringBuilder();
    if (routines.path("routines").asInt() > 0) {
      text.append("\n  routines: ").append(routines.path("routines").asInt());
      if (routines.path("running").asInt() > 0) {
        text.append(", ").append(routines.path("running").asInt()).append(" running");
      }
      if (routines.hasNonNull("next")) {
        Instant due = UpScreen.instant(routines.path("nextDue").asText(), now);
        boolean soon = Duration.between(now, due).compareTo(Duration.ofHours(20)) < 0;
        text.append(", next '").append(routines.path("next").asText()).append("' at ");
        text.append(time(routines.path("nextDue"), soon ? HOUR : TIME, zone));
      }
    }
    if (routines.hasNonNull("problem")) {
      text.append("\n  routines.yml ").append(routines.path("problem").asText());
    }
    return text.toString();
  }

  private static String lasting(Duration time) {
    return time.toSecondsPart() == 0 ? time.toMinutes() + " min" : time.toSeconds() + " s";
  }

  private static String dollars(JsonNode amount) {
    return Money.text(amount.decimalValue().stripTrailingZeros().toPlainString());
  }

  private static String time(JsonNode value, DateTimeFormatter form, ZoneId zone) {
    try {
      return form.format(Instant.parse(value.asText()).atZone(zone));
    } catch (DateTimeException unreadable) {
      return value.asText();
    }
  }
}
