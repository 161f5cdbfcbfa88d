package dev.kodo.kernel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kodo.kernel.home.Json;
import dev.kodo.kernel.problem.ExitCode;
import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A heartbeat now. */
@Command(
    name = "beat",
    description = "Let an agent's heart beat now instead of at the next interval.",
    footer = {
      "%nExamples:",
      "  kodo beat",
      "  kodo beat --agent night-owl",
      "%nExit code 5: the agent is already beating. Exit code 6: stopped by panic."
    })
final class BeatCommand extends KodoCommand {
  @Option(names = "--agent", paramLabel = "NAME", description = "Default: the first agent.")
  private @Nullable String agent;

  @Option(names = "--json", description = "Print the answer as JSON.")
  private boolean json;

  BeatCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode run() throws IOException {
    Running.require(session());
    String name = Agents.choose(session(), agent);
    JsonNode answer =
        session().api(Duration.ofSeconds(15)).post("/agents/" + name + "/beat", Json.object());
    String result = answer.path("result").asText();
    if (json) {
      say(Json.print(answer));
    }
    return switch (result) {
      case "beating" -> beating(name);
      case "already-beating" ->
          throw new Problem(
              ProblemCode.AGENT_ALREADY_BEATING, "Agent " + name + " is already beating.");
      default ->
          throw new Problem(
              ProblemCode.AGENT_NOT_BEATING,
              "Expected agent " + name + " to beat, but it is " + result + ".");
    };
  }

  private ExitCode beating(String name) {
    if (!json) {
      say("The heart of " + name + " beats. `kodo status` shows it.");
    }
    return ExitCode.OK;
  }
}
