package dev.kodo.kernel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kodo.kernel.config.Config;
import dev.kodo.kernel.config.ConfigKey;
import dev.kodo.kernel.guard.GuardClient;
import dev.kodo.kernel.home.Json;
import dev.kodo.kernel.part.PartRecord;
import dev.kodo.kernel.problem.ExitCode;
import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.run.KernelLock;
import dev.kodo.kernel.run.Orphans;
import dev.kodo.kernel.run.PanicFlag;
import dev.kodo.kernel.workers.WorkersApi;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What runs, what the agents do, what waits for a person. Only looks. */
@Command(
    name = "status",
    description = "Show the parts, what the agents do, and what waits for you. Changes nothing.",
    footer = {
      "%nExamples:",
      "  kodo status",
      "  kodo status --json",
      "%nExit code 4: Kodo is not running."
    })
final class StatusCommand extends KodoCommand {
  /** Together well below half a second: a hung part must not hang the question about it. */
  private static final Duration PATIENCE = Duration.ofMillis(150);

  @Option(names = "--json", description = "Print everything as JSON.")
  private boolean json;

  StatusCommand(Session session) {
    this(session, false);
  }

  StatusCommand(Session session, boolean json) {
    super(session);
    this.json = json;
  }

  @Override
  ExitCode run() {
    ObjectNode status = Json.object();
    boolean running = KernelLock.holder(session().home()).isPresent();
    status.put("running", running);
    status.put("home", session().home().root().toString());
    new PanicFlag(session().home().panicFlag())
        .details()
        .ifPresent(panic -> status.set("panic", panic));
    if (running) {
      session().state().ifPresent(kernel -> status.set("kernel", kernel));
      askGuard(status);
      askWorkers(status);
    } else {
      orphans(status);
    }
    say(json ? Json.print(status) : StatusText.of(status, session().clock(), zone()));
    return running ? ExitCode.OK : ExitCode.NOT_RUNNING;
  }

  /** The same as for `kodo routine list`; a broken kodo.yml must not hide what runs. */
  private ZoneId zone() {
    try {
      return ZoneId.of(Config.load(session().home()).text(ConfigKey.TIME_ZONE));
    } catch (Problem broken) {
      return ZoneId.systemDefault();
    }
  }

  private void orphans(ObjectNode status) {
    for (PartRecord orphan : new Orphans(session().home()).alive()) {
      status.withArray("orphans").add(orphan.part());
    }
  }

  /** A guard that does not answer is no news here: without it no model is called. */
  private void askGuard(ObjectNode status) {
    try {
      GuardClient guard = session().guard(PATIENCE);
      status.set("budget", guard.budget(""));
      status.set("models", guard.models().path("models"));
    } catch (IOException | Problem silent) {
      status.put("guardSilent", String.valueOf(silent.getMessage()));
    }
  }

  private void askWorkers(ObjectNode status) {
    if (!workersHealthy(status.path("kernel"))) {
      return;
    }
    try {
      WorkersApi api = session().api(PATIENCE);
      JsonNode answer = api.get("/status");
      status.set("workers", answer);
      if (answer.path("decisionsOpen").asInt() > 0) {
        status.set("decisions", api.get("/decisions"));
      }
    } catch (Problem silent) {
      status.put("workersSilent", silent.sentence());
    }
  }

  private static boolean workersHealthy(JsonNode kernel) {
    for (JsonNode part : kernel.path("parts")) {
      if (part.path("name").asText().equals("workers")) {
        return part.path("state").asText().equals("healthy");
      }
    }
    return false;
  }
}
