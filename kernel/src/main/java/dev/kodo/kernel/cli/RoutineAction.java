package dev.kodo.kernel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kodo.kernel.config.Config;
import dev.kodo.kernel.config.ConfigKey;
import dev.kodo.kernel.home.Json;
import dev.kodo.kernel.problem.ExitCode;
import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import dev.kodo.kernel.workers.WorkersApi;
import java.time.Duration;
import java.time.ZoneId;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the commands about routines share: the agent, the answer as JSON, and the workers. */
abstract class RoutineAction extends KodoCommand {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /** As the workers take them: a name becomes part of a path. */
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

  private static final int SHOWN = 60;

  @Option(names = "--agent", paramLabel = "NAME", description = "Default: the first agent.")
  private @Nullable String agent;

  @Option(names = "--json", description = "Print the answer as JSON.")
  private boolean json;

  RoutineAction(Session session) {
    super(session);
  }

  @Override
  final ExitCode run() {
    Running.require(session());
    String owner = Agents.choose(session(), agent);
    JsonNode answer = ask(session().api(PATIENCE), "/agents/" + owner + "/routines");
    requireRunning(answer, owner);
    say(json ? Json.print(answer) : text(answer, owner));
    return ExitCode.OK;
  }

  /**
   * Asks the workers.
   *
   * @param path of the agent's routines
   */
  abstract JsonNode ask(WorkersApi api, String path);

  abstract String text(JsonNode answer, String agent);

  static String checked(String name) {
    if (!NAME.matcher(name).matches()) {
      String shown = name.length() <= SHOWN ? name : name.substring(0, SHOWN) + "…";
      throw new Problem(
          ProblemCode.ROUTINE_INVALID,
          "Expected a name of 1 to 40 small letters a-z, digits and hyphens, but got `"
              + shown
              + "`.");
    }
    return name;
  }

  /** The zone in which times are due, wherever the person's machine stands. */
  final ZoneId zone() {
    return ZoneId.of(Config.load(session().home()).text(ConfigKey.TIME_ZONE));
  }

  /** Fails when the agent is stopped, as nothing would happen. */
  private static void requireRunning(JsonNode answer, String agent) {
    if (answer.path("result").asText().equals("stopped")) {
      throw new Problem(
          ProblemCode.AGENT_NOT_BEATING,
          "Expected agent " + agent + " to be running, but it is stopped.");
    }
  }
}
