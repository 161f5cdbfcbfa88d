package dev.kodo.kernel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kodo.kernel.config.Config;
import dev.kodo.kernel.config.ConfigKey;
import dev.kodo.kernel.guard.GuardClient;
import dev.kodo.kernel.home.Installation;
import dev.kodo.kernel.home.Json;
import dev.kodo.kernel.home.KodoHome;
import dev.kodo.kernel.home.Secrets;
import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import dev.kodo.kernel.workers.WorkersApi;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What a command works with. */
public record Session(
    KodoHome home,
    Installation installation,
    Map<String, String> environment,
    Clock clock,
    InputStream in,
    PrintStream out,
    PrintStream err,
    boolean terminal) {

  public static Session ofThisProcess() {
    Map<String, String> environment = System.getenv();
    return new Session(
        KodoHome.from(environment),
        Installation.find(environment),
        environment,
        Clock.systemUTC(),
        System.in,
        System.out,
        System.err,
        Boolean.getBoolean("kodo.tty"));
  }

  /** What the last kernel of this home wrote about itself. */
  Optional<JsonNode> state() {
    return Json.read(home.stateFile());
  }

  /** The workers' interface; throws a problem when they cannot be running. */
  WorkersApi api(Duration timeout) {
    Optional<String> token = apiToken();
    if (token.isEmpty()) {
      throw new Problem(ProblemCode.NOT_RUNNING, "Kodo has never been started here.");
    }
    return new WorkersApi(apiPort(), token.get(), timeout);
  }

  /** The guard of a kernel that runs, or ran, here. */
  GuardClient guard(Duration timeout) throws IOException {
    Optional<String> token = Secrets.read(home.secrets(), GuardClient.TOKEN);
    if (token.isEmpty()) {
      throw new Problem(ProblemCode.NOT_RUNNING, "Kodo has never been started here with a guard.");
    }
    int port = state().map(json -> json.path("guardPort").asInt()).orElse(0);
    return new GuardClient(
        port > 0 ? port : Config.load(home).number(ConfigKey.GUARD_PORT), token.get(), timeout);
  }

  private int apiPort() {
    int port = state().map(json -> json.path("apiPort").asInt()).orElse(0);
    return port > 0 ? port : Config.load(home).number(ConfigKey.API_PORT);
  }

  private Optional<String> apiToken() {
    try {
      return Secrets.read(home.secrets(), "api-token");
    } catch (IOException e) {
      throw new Problem(
          ProblemCode.HOME_UNWRITABLE,
          "Expected to read the secrets in " + home.secrets() + ", but: " + e.getMessage() + ".");
    }
  }
}
