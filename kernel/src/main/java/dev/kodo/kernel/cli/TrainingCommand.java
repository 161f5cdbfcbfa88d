package dev.kodo.kernel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kodo.kernel.config.Config;
import dev.kodo.kernel.home.Json;
import dev.kodo.kernel.home.KodoHome;
import dev.kodo.kernel.http.HttpCall;
import dev.kodo.kernel.problem.ExitCode;
import dev.kodo.kernel.run.KernelLock;
import java.io.IOException;
import java.time.Duration;
import picocli.CommandLine.Command;

/**
 * Uses the classes of the short commands once, so that the launcher can keep them in an archive
 * (class-data sharing). Changes nothing.
 */
@Command(name = "training", hidden = true, description = "Load the classes of short commands.")
final class TrainingCommand extends KodoCommand {
  private static final String SAMPLE =
      """
      {"running":true,"kernel":{"phase":"ready","pid":1,"startedAt":"2026-01-01T00:00:00Z","model":{"rehearsal":true,"reason":"r"},
       "parts":[{"name":"workers","state":"healthy","pid":3,"since":"2026-01-01T00:00:00Z","restarts":1,"lastError":"e"}]},
       "workers":{"agents":[{"agentId":"main","state":"running","theme":{"title":"t","beats":1},"beats":{"closed":1},
         "beating":{"activity":"think","since":"2026-01-01T00:00:00Z"},
         "lastBeat":{"agentId":"main","outcome":"closed","closedAt":"2026-01-01T00:00:00Z","durationMs":1500}}]},
       "decisions":[{"decisionId":"d","agentId":"main","question":"q","dueAt":"2026-01-01T00:00:00Z"}]}
      """;

  TrainingCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode run() throws IOException {
    JsonNode sample = Json.parse(SAMPLE);
    say(StatusText.of(sample, session().clock()));
    say(Json.print(sample));
    KodoHome home = session().home();
    KernelLock.holder(home);
    Config.load(home);
    try {
      HttpCall.get("http://127.0.0.1:1/none").timeout(Duration.ofMillis(50)).send();
    } catch (IOException expected) {
      say("nobody answers, as expected");
    }
    Cli.complete(session()).usage(session().out());
    return ExitCode.OK;
  }
}
