package dev.kodo.kernel.doctor;

import dev.kodo.kernel.budget.BudgetFile;
import dev.kodo.kernel.budget.Caps;
import dev.kodo.kernel.budget.PriceBook;
import dev.kodo.kernel.config.Config;
import dev.kodo.kernel.config.ConfigKey;
import dev.kodo.kernel.engine.EngineCanary;
import dev.kodo.kernel.engine.EngineDistribution;
import dev.kodo.kernel.engine.EnginePorts;
import dev.kodo.kernel.engine.EngineRest;
import dev.kodo.kernel.engine.EngineToken;
import dev.kodo.kernel.guard.Registry;
import dev.kodo.kernel.home.Json;
import dev.kodo.kernel.home.KodoHome;
import dev.kodo.kernel.home.Secrets;
import dev.kodo.kernel.model.ModelChoice;
import dev.kodo.kernel.model.ModelDiscovery;
import dev.kodo.kernel.model.ModelEndpoint;
import dev.kodo.kernel.model.ModelResolution;
import dev.kodo.kernel.part.PartRecords;
import dev.kodo.kernel.part.Ports;
import dev.kodo.kernel.postgres.DatabaseAccess;
import dev.kodo.kernel.run.PortCheck;
import dev.kodo.kernel.search.SearchPart;
import dev.kodo.kernel.workers.WorkersApi;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The parts: ports, database, engine, models. */
final class PartsExamination {
  private final Config config;
  private final KodoHome home;
  private final Map<String, String> environment;
  private final boolean running;

  PartsExamination(Config config, KodoHome home, Map<String, String> environment, boolean running) {
    this.config = config;
    this.home = home;
    this.environment = environment;
    this.running = running;
  }

  List<Finding> ports() {
    List<Finding> taken = new ArrayList<>();
    PartRecords records = new PartRecords(home.run());
    boolean operate = !records.alive(List.of(SearchPart.NAME)).isEmpty();
    PortCheck.keysByPart(config, operate)
        .forEach(
            (part, keys) -> {
              boolean ours =
                  !records.alive(List.of(part)).isEmpty()
                      || (running && keys.contains(ConfigKey.GUARD_PORT));
              for (ConfigKey key : keys) {
                if (!ours) {
                  Ports.obstacle(key.key(), config.number(key))
                      .map(problem -> Finding.trouble("ports", problem.sentence(), problem.next()))
                      .ifPresent(taken::add);
                }
              }
            });
    return taken.isEmpty() ? List.of(Finding.ok("ports", "all free or used by Kodo")) : taken;
  }

  Finding database() {
    Optional<DatabaseAccess> access = access();
    if (access.isEmpty() || (config.embeddedDatabase() && !running)) {
      return Finding.note("database", "does not run", "Start Kodo with `kodo up`.");
    }
    try {
      access.get().check();
      return Finding.ok("database", "answers at " + access.get());
    } catch (SQLException e) {
      return Finding.trouble(
          "database",
          "does not answer at " + access.get() + ": " + e.getMessage(),
          config.embeddedDatabase()
              ? "Look at `kodo logs postgres`."
              : "Check `database.url`, `database.user` and `database.password-env`.");
    }
  }

  private Optional<DatabaseAccess> access() {
    if (!config.embeddedDatabase()) {
      return Optional.of(DatabaseAccess.external(config, environment));
    }
    return secret("postgres-kodo")
        .map(
            password ->
                new DatabaseAccess(
                    "jdbc:postgresql://127.0.0.1:" + config.text(ConfigKey.DATABASE_PORT) + "/kodo",
                    "kodo",
                    password));
  }

  Finding engine() {
    if (!config.localEngine()) {
      return externalEngine();
    }
    if (!running) {
      return EngineDistribution.isThere(home.cache())
          ? Finding.note("engine", "does not run", "Start Kodo with `kodo up`.")
          : Finding.note(
              "engine", "is not fetched yet (300 MB)", "`kodo up` fetches it with Maven.");
    }
    String rest = EnginePorts.of(config).restAddress();
    try {
      new EngineCanary(new EngineRest(rest, token())).check();
      return Finding.ok("engine", "ran a canary process at " + rest);
    } catch (IOException e) {
      return Finding.trouble("engine", String.valueOf(e.getMessage()), "See `kodo logs engine`.");
    }
  }

  /** Empty where the engine runs alone: then its interface is open. */
  private Optional<String> token() throws IOException {
    return Json.read(home.stateFile()).filter(state -> state.has("operate")).isPresent()
        ? EngineToken.read(home.secrets())
        : Optional.empty();
  }

  private Finding externalEngine() {
    Optional<String> token = secret("api-token");
    if (!running || token.isEmpty()) {
      return Finding.note(
          "engine", "external; it is asked through the workers", "Start Kodo with `kodo up`.");
    }
    WorkersApi api =
        new WorkersApi(config.number(ConfigKey.API_PORT), token.get(), Duration.ofSeconds(15));
    long millis = api.post("/canary", Json.object()).path("millis").asLong();
    return Finding.ok("engine", "external, ran a canary process in " + millis + " ms");
  }

  Finding model() {
    ModelDiscovery discovery = new ModelDiscovery(environment);
    List<String> found = discovery.find().stream().map(ModelEndpoint::title).toList();
    ModelChoice choice = new ModelResolution(config, environment, discovery).resolve();
    String text =
        "found "
            + (found.isEmpty() ? "none" : String.join(", ", found))
            + "; a start now would use "
            + choice.provider()
            + (choice.isRehearsal() ? "" : " with " + choice.name());
    return choice.isRehearsal()
        ? Finding.note(
            "model",
            text,
            "For real thinking start a local server or set `model.base-url` in kodo.yml.")
        : Finding.ok("model", text);
  }

  /** Whether calls of a start now would go beyond this machine without encryption. */
  Finding encryption() throws IOException {
    List<String> plain = registry().readableOnTheWay();
    return plain.isEmpty()
        ? Finding.ok("encryption", "no model is asked over plain http beyond this machine")
        : Finding.note(
            "encryption",
            "everybody on the way can read calls to " + String.join(", ", plain) + ", and the key",
            "Use an https address for `base-url`.");
  }

  private Registry registry() throws IOException {
    ModelDiscovery discovery = new ModelDiscovery(environment);
    Supplier<ModelChoice> choice = new ModelResolution(config, environment, discovery)::resolve;
    return Registry.of(home, config, environment, choice);
  }

  /** Which models of a start now would be counted with a ceiling instead of a price. */
  Finding prices() throws IOException {
    Registry registry = registry();
    if (!Files.exists(home.prices())) {
      return Finding.note("prices", "not written yet", "`kodo up` writes " + home.prices() + ".");
    }
    PriceBook book = PriceBook.parse(home.prices(), Files.readString(home.prices()));
    List<String> unpriced = registry.unpriced(book);
    return unpriced.isEmpty()
        ? Finding.ok("prices", "all known as of " + book.asOf())
        : Finding.note(
            "prices",
            "nobody says what these cost: " + String.join(", ", unpriced),
            "Write their prices into "
                + home.prices()
                + "; until then each call counts"
                + " `unknown-price`.");
  }

  Finding budget() {
    try {
      Caps caps = new BudgetFile(home.budget(), config).caps();
      return Finding.ok("budget", caps.perDay() + " US dollars per day");
    } catch (IOException e) {
      return Finding.trouble("budget", "not readable: " + e.getMessage(), "Check KODO_HOME.");
    }
  }

  private Optional<String> secret(String name) {
    try {
      return Secrets.read(home.secrets(), name);
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }
}
