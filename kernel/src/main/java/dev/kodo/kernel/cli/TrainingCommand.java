package dev.kodo.kernel.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import dev.kodo.kernel.guard.GuardClient;
import dev.kodo.kernel.home.AtomicFile;
import dev.kodo.kernel.home.Json;
import dev.kodo.kernel.home.KodoHome;
import dev.kodo.kernel.part.ProcessIdentity;
import dev.kodo.kernel.problem.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;

/**
 * Answers {@code status} once from a made-up home, so that the launcher can keep the classes that
 * this needs in an archive (class-data sharing). Only the launcher may call it, with a home folder
 * below {@code target}.
 */
@Command(name = "training", hidden = true, description = "Used by the launcher after a build.")
final class TrainingCommand extends KodoCommand {
  private static final String STATE =
      """
      {"phase":"ready","pid":1,"startedAt":"2026-01-01T00:00:00Z","home":"h","workspace":"w",
       "model":{"rehearsal":true,"reason":"r"},
       "steps":[{"title":"t","state":"done","detail":"d","millis":1}],
       "parts":[{"name":"workers","state":"healthy","pid":3,"since":"2026-01-01T00:00:00Z",
         "restarts":1,"lastError":"e"}]}
      """;
  private static final String WORKERS =
      """
      {"agents":[{"agentId":"main","state":"running","theme":{"title":"t","beats":1},
         "beats":{"closed":1,"today":1},"beating":{"activity":"think","since":"2026-01-01T00:00:00Z"},
         "lastBeat":{"agentId":"main","outcome":"closed","closedAt":"2026-01-01T00:00:00Z",
           "durationMs":1500}}],
       "decisionsOpen":1,"deployment":{"files":1,"changedLocally":["a.bpmn"]}}
      """;
  private static final String BUDGET =
      """
      {"spent":{"day":"0.1","hour":"0.00001"},"caps":{"per-day":"5","per-hour":"2.5"},"trouble":""}
      """;
  private static final String DECISIONS =
      "[{\"decisionId\":\"d\",\"agentId\":\"main\",\"question\":\"q\",\"detail\":\"d\"}]";

  TrainingCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode run() throws IOException {
    if (!Boolean.getBoolean("kodo.training")) {
      session().err().println("kodo: Only the launcher uses this command.");
      return ExitCode.USAGE;
    }
    HttpServer workers =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    answer(workers, "/api/status", WORKERS);
    answer(workers, "/api/decisions", DECISIONS);
    answer(workers, "/budget", BUDGET);
    workers.start();
    try {
      pretend(session().home(), workers.getAddress().getPort());
      new StatusCommand(session(), false).run();
      return new StatusCommand(session(), true).run();
    } finally {
      workers.stop(0);
    }
  }

  private static void pretend(KodoHome home, int port) throws IOException {
    ProcessIdentity self = ProcessIdentity.self();
    ObjectNode kernel = Json.object();
    kernel.put("pid", self.pid()).put("start", self.start()).put("boot", self.boot());
    AtomicFile.writeVolatile(home.kernelRecord(), Json.print(kernel));
    ObjectNode state = (ObjectNode) Json.parse(STATE);
    AtomicFile.writeVolatile(
        home.stateFile(), Json.print(state.put("apiPort", port).put("guardPort", port)));
    AtomicFile.writeSecret(home.secrets().resolve("api-token"), "none");
    AtomicFile.writeSecret(home.secrets().resolve(GuardClient.TOKEN), "none");
  }

  private static void answer(HttpServer server, String path, String text) {
    server.createContext(
        path,
        exchange -> {
          byte[] body = text.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }
}
