package dev.kodo.kernel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kodo.kernel.home.Json;
import dev.kodo.kernel.workers.WorkersApi;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a routine into the file. */
@Command(
    name = "add",
    description = {
      "Add a routine at the end of routines.yml; the rest of the file stays as it is.",
      "It needs one of --cron, --event and --message, and one of --do and --process."
    },
    footer = {
      "%nExamples:",
      "  kodo routine add morning-news --cron \"0 7 * * 1-5\" --do \"Write three sentences on bees.\" \\",
      "    --spend 0.20 --calls 4 --time \"10 min\"",
      "  kodo routine add new-table --event file-added --files \"projects/*.csv\" --do \"Summarize it.\"",
      "  kodo routine add report --message build-finished --process weekly-report",
      "%nCron: minute, hour, day of the month, month, day of the week, in your time zone.",
      "Events: theme-ended, heartbeat-failed, tier-changed, file-added."
    })
final class RoutineAddCommand extends RoutineAction {
  @Parameters(paramLabel = "NAME", description = "Small letters, digits and hyphens.")
  private String name = "";

  @Option(names = "--description", paramLabel = "TEXT", description = "For people.")
  private @Nullable String description;

  @Option(names = "--cron", paramLabel = "TIMES", description = "Five fields, as in a crontab.")
  private @Nullable String cron;

  @Option(names = "--event", paramLabel = "EVENT", description = "Start after this event.")
  private @Nullable String event;

  @Option(
      names = "--files",
      paramLabel = "PATTERN",
      description = "With file-added: which paths below the workspace.")
  private @Nullable String files;

  @Option(
      names = "--message",
      paramLabel = "WORD",
      description = "Start when kodo routine trigger sends this word.")
  private @Nullable String message;

  @Option(names = "--do", paramLabel = "TEXT", description = "What the model is to do.")
  private @Nullable String instruction;

  @Option(names = "--process", paramLabel = "ID", description = "Call this diagram instead.")
  private @Nullable String process;

  @Option(names = "--spend", paramLabel = "USD", description = "Most for one run (default 0.25).")
  private @Nullable String spend;

  @Option(names = "--spend-per-day", paramLabel = "USD", description = "Most for a day.")
  private @Nullable String spendPerDay;

  @Option(names = "--calls", paramLabel = "N", description = "Most calls in one run (default 6).")
  private @Nullable String calls;

  @Option(names = "--time", paramLabel = "TIME", description = "Longest run (default 10 min).")
  private @Nullable String time;

  @Option(
      names = "--missed",
      paramLabel = "run-once|skip",
      description = "What follows times that passed while Kodo was down (default run-once).")
  private @Nullable String missed;

  RoutineAddCommand(Session session) {
    super(session);
  }

  @Override
  JsonNode ask(WorkersApi api, String path) {
    ObjectNode body = Json.object().put("name", checked(name));
    put(body, "description", description);
    put(body, "cron", cron);
    put(body, "event", event);
    put(body, "files", files);
    put(body, "message", message);
    put(body, "instruction", instruction);
    put(body, "process", process);
    put(body, "spend", spend);
    put(body, "spendPerDay", spendPerDay);
    put(body, "calls", calls);
    put(body, "time", time);
    put(body, "missed", missed);
    return api.post(path, body);
  }

  private static void put(ObjectNode body, String key, @Nullable String value) {
    if (value != null) {
      body.put(key, value);
    }
  }

  @Override
  String text(JsonNode answer, String agent) {
    return "Added the routine "
        + name
        + " of "
        + agent
        + ". `kodo routine run "
        + name
        + "` tries it.";
  }
}
