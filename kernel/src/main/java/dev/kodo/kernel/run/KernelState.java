package dev.kodo.kernel.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kodo.kernel.config.Config;
import dev.kodo.kernel.config.ConfigKey;
import dev.kodo.kernel.engine.EnginePorts;
import dev.kodo.kernel.home.AtomicFile;
import dev.kodo.kernel.home.Json;
import dev.kodo.kernel.home.KodoHome;
import dev.kodo.kernel.model.ModelChoice;
import dev.kodo.kernel.part.PartStatus;
import dev.kodo.kernel.problem.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the kernel knows about itself, kept in {@code run/state.json} for all who ask. */
final class KernelState {
  private final KodoHome home;
  private final KernelListener listener;
  private final PanicFlag panic;
  private final ObjectNode fixed = Json.object();
  private Supplier<List<PartStatus>> parts = List::of;
  private final Steps steps = new Steps(this::publish);
  private String phase = "starting";
  private @Nullable Problem problem;

  KernelState(KodoHome home, Clock clock, KernelListener listener) {
    this.home = home;
    this.listener = listener;
    this.panic = new PanicFlag(home.panicFlag());
    fixed.put("pid", ProcessHandle.current().pid());
    fixed.put("startedAt", clock.instant().toString());
    fixed.put("home", home.root().toString());
  }

  Steps steps() {
    return steps;
  }

  synchronized void watch(Supplier<List<PartStatus>> source) {
    parts = source;
  }

  synchronized void addresses(Config config) {
    fixed.put("workspace", config.workspace().toString());
    fixed.put("agent", config.agents().getFirst());
    fixed.put("apiPort", config.number(ConfigKey.API_PORT));
    fixed.put("guardPort", config.number(ConfigKey.GUARD_PORT));
    ObjectNode addresses = fixed.putObject("addresses");
    addresses.put("api", "http://127.0.0.1:" + config.text(ConfigKey.API_PORT));
    EnginePorts ports = EnginePorts.of(config);
    addresses.put(
        "engineRest",
        config.localEngine()
            ? ports.restAddress()
            : config.text(ConfigKey.ENGINE_EXTERNAL_REST_ADDRESS));
    addresses.put(
        "engineGrpc",
        config.localEngine()
            ? ports.grpcAddress()
            : config.text(ConfigKey.ENGINE_EXTERNAL_GRPC_ADDRESS));
    addresses.put(
        "database",
        config.embeddedDatabase()
            ? "127.0.0.1:" + config.text(ConfigKey.DATABASE_PORT)
            : config.text(ConfigKey.DATABASE_URL));
  }

  /** Password and token themselves are only in their files. */
  synchronized void operate(EnginePorts ports, String user, Path password, Path token) {
    ObjectNode operate = fixed.putObject("operate");
    operate.put("operate", ports.restAddress() + "/operate");
    operate.put("tasklist", ports.restAddress() + "/tasklist");
    operate.put("user", user).put("passwordFile", password.toString());
    operate.put("tokenFile", token.toString());
  }

  synchronized void model(ModelChoice model) {
    ObjectNode json = fixed.putObject("model");
    json.put("provider", model.provider()).put("name", model.name());
    json.put("baseUrl", model.baseUrl()).put("rehearsal", model.isRehearsal());
    json.put("reason", model.reason());
  }

  /** A text that everybody who starts Kodo must have seen. */
  void notice(String text) {
    synchronized (this) {
      String before = fixed.path("notice").asText();
      fixed.put("notice", before.isEmpty() ? text : before + " " + text);
    }
    publish();
  }

  void phase(String name) {
    synchronized (this) {
      phase = name;
    }
    publish();
  }

  void failed(Problem why) {
    synchronized (this) {
      problem = why;
    }
    phase("failed");
  }

  synchronized ObjectNode json() {
    ObjectNode json = fixed.deepCopy();
    json.put("phase", phase);
    steps.write(json.putArray("steps"));
    for (PartStatus part : parts.get()) {
      ObjectNode entry = json.withArray("parts").addObject();
      entry.put("name", part.name()).put("state", part.state().word());
      entry.put("pid", part.pid()).put("since", part.since().toString());
      entry.put("restarts", part.restarts()).put("lastError", part.lastError());
    }
    panic.details().ifPresent(details -> json.set("panic", details));
    if (problem != null) {
      ObjectNode error = json.putObject("error");
      error.put("code", problem.code().name()).put("message", problem.sentence());
      error.put("next", problem.next()).put("exitCode", problem.code().exitCode().number());
    }
    return json;
  }

  /** A state that cannot be written must not stop the parts; the next change tries again. */
  synchronized void publish() {
    ObjectNode json = json();
    try {
      AtomicFile.writeVolatile(home.stateFile(), Json.print(json));
    } catch (IOException e) {
      System.err.println("Kodo: could not write " + home.stateFile() + ": " + e.getMessage());
    }
    listener.changed(json);
  }
}
