package dev.kodo.kernel.run;

import dev.kodo.kernel.books.GuardDatabase;
import dev.kodo.kernel.books.KeptBooks;
import dev.kodo.kernel.config.Config;
import dev.kodo.kernel.config.ConfigKey;
import dev.kodo.kernel.config.Durations;
import dev.kodo.kernel.constitution.Constitution;
import dev.kodo.kernel.engine.EngineDistribution;
import dev.kodo.kernel.engine.EngineExport;
import dev.kodo.kernel.engine.EngineLogin;
import dev.kodo.kernel.engine.EnginePart;
import dev.kodo.kernel.engine.EnginePorts;
import dev.kodo.kernel.engine.EngineRecords;
import dev.kodo.kernel.engine.EngineSetting;
import dev.kodo.kernel.engine.EngineToken;
import dev.kodo.kernel.engine.EngineWebApps;
import dev.kodo.kernel.engine.PlaceKeeping;
import dev.kodo.kernel.guard.Guard;
import dev.kodo.kernel.guard.GuardClient;
import dev.kodo.kernel.guard.GuardSetting;
import dev.kodo.kernel.guard.ModelsJson;
import dev.kodo.kernel.guard.Registry;
import dev.kodo.kernel.home.KodoHome;
import dev.kodo.kernel.home.Secrets;
import dev.kodo.kernel.model.ModelDiscovery;
import dev.kodo.kernel.model.ModelResolution;
import dev.kodo.kernel.part.Part;
import dev.kodo.kernel.part.PartLog;
import dev.kodo.kernel.part.PartRecords;
import dev.kodo.kernel.part.PartState;
import dev.kodo.kernel.part.PartStatus;
import dev.kodo.kernel.part.Supervisor;
import dev.kodo.kernel.postgres.DatabaseAccess;
import dev.kodo.kernel.postgres.PostgresBinaries;
import dev.kodo.kernel.postgres.PostgresPart;
import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import dev.kodo.kernel.search.SearchFolder;
import dev.kodo.kernel.search.SearchLibraries;
import dev.kodo.kernel.search.SearchPart;
import dev.kodo.kernel.search.SearchPorts;
import dev.kodo.kernel.workers.Confinement;
import dev.kodo.kernel.workers.DiagramNews;
import dev.kodo.kernel.workers.EngineAddress;
import dev.kodo.kernel.workers.GuardAddress;
import dev.kodo.kernel.workers.Locking;
import dev.kodo.kernel.workers.WorkersApi;
import dev.kodo.kernel.workers.WorkersPart;
import dev.kodo.kernel.workers.WorkersSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The start of all parts, one after the other, each step shown. */
final class StartSequence {
  private final KernelSetting setting;
  private final Config config;
  private final KernelState state;
  private final Supervisor supervisor;
  private final Secrets secrets;
  private final String apiToken;
  private final Consumer<Problem> ending;

  /**
   * @param ending ends the kernel for a reason that shows only later
   */
  StartSequence(
      KernelSetting setting,
      Config config,
      KernelState state,
      Supervisor supervisor,
      Consumer<Problem> ending)
      throws IOException {
    this.ending = ending;
    this.setting = setting;
    this.config = config;
    this.state = state;
    this.supervisor = supervisor;
    this.secrets = new Secrets(setting.home().secrets(), setting.random());
    this.apiToken = secrets.obtain("api-token");
  }

  WorkersApi api() {
    return new WorkersApi(config.number(ConfigKey.API_PORT), apiToken, Duration.ofSeconds(5));
  }

  /** The same name for the same database, without anything secret. */
  String databaseName() {
    return config.embeddedDatabase() ? "embedded" : config.text(ConfigKey.DATABASE_URL);
  }

  void run() throws IOException, InterruptedException {
    state.addresses(config);
    new Orphans(setting.home())
        .endAllBut(PortCheck.keysByPart(config, setting.operate()).keySet())
        .requireComplete();
    if (!config.embeddedDatabase()) {
      DatabaseAccess.externalGuard(config, setting.environment()); // Before anything is started.
    }
    PortCheck.run(config, setting.operate(), setting.home());
    ModelDiscovery discovery = new ModelDiscovery(setting.environment());
    Registry models =
        Registry.of(
            setting.home(),
            config,
            setting.environment(),
            new ModelResolution(config, setting.environment(), discovery)::resolve);
    state.model(models.best());
    tellOfReadableCalls(models.readableOnTheWay());
    Files.createDirectories(config.workspace());
    DatabaseAccess database = database();
    GuardAddress guard = guard(models, books(database.user()));
    EngineAddress engine = engine(database);
    Locking confinement =
        new Locking(
            Confinement.ofWorkers(setting.home(), config, setting.installation()),
            setting.home().run().resolve("workers-confined"));
    start(
        "Workers",
        new WorkersPart(
            new WorkersSetting(
                setting.home(),
                setting.installation(),
                config,
                database,
                engine,
                guard,
                apiToken,
                confinement.decide(config.text(ConfigKey.WORKERS_CONFINED), state::notice)),
            setting.environment()));
    tellOfOtherDiagrams();
  }

  /** A home that is older than the installation: a start leaves its diagrams as they are. */
  private void tellOfOtherDiagrams() {
    try {
      DiagramNews.of(api().get("/status").path("deployment")).ifPresent(state::notice);
    } catch (Problem away) {
      // The workers are held back, or went again; `kodo status` tells it later.
    }
  }

  private void tellOfReadableCalls(List<String> providers) {
    if (!providers.isEmpty()) {
      state.notice(
          "Calls to "
              + String.join(", ", providers)
              + " go over plain http beyond this machine: everybody on the way can read them, and"
              + " the key. Use an https address for `base-url`.");
    }
  }

  private DatabaseAccess database() throws IOException, InterruptedException {
    if (!config.embeddedDatabase()) {
      return externalDatabase();
    }
    Steps.Step step = state.steps().begin("PostgreSQL");
    step.detail("unpacking where needed");
    PostgresPart part =
        new PostgresPart(
            PostgresBinaries.unpacked(setting.home().cache()),
            setting.home().data().resolve("postgres"),
            config.number(ConfigKey.DATABASE_PORT),
            secrets);
    step.detail("starting");
    await(step, part);
    return part.access();
  }

  private Bookkeeping books(String workersRole) throws IOException, InterruptedException {
    Steps.Step step = state.steps().begin("Audit log");
    step.detail("opening");
    try {
      GuardDatabase books = GuardDatabase.of(config, setting.home(), setting.environment());
      Bookkeeping bookkeeping = Bookkeeping.open(setting, books, workersRole);
      supervisor.endWith(bookkeeping::close);
      bookkeeping.books().whenTaken(() -> ending.accept(taken()));
      tell(step, bookkeeping.log().damage());
      return bookkeeping;
    } catch (IOException | RuntimeException e) {
      step.failed(String.valueOf(e.getMessage()));
      throw e;
    }
  }

  private static Problem taken() {
    return new Problem(
        ProblemCode.BOOKS_TAKEN,
        "Expected to keep the books of this database, but another kernel keeps them now. Nothing"
            + " more is spent here.");
  }

  /** Opened after the books it writes, so it ends after the workers and before the books. */
  private GuardAddress guard(Registry models, Bookkeeping bookkeeping)
      throws IOException, InterruptedException {
    Steps.Step step = state.steps().begin("Guard");
    step.detail("opening the ledger");
    KeptBooks books = bookkeeping.books();
    String token = secrets.obtain(GuardClient.TOKEN);
    try {
      Guard guard =
          Guard.start(
              new GuardSetting(
                  setting.home(),
                  config,
                  Constitution.verified(),
                  models,
                  books::connect,
                  bookkeeping.log(),
                  token,
                  setting.environment(),
                  setting.clock()));
      supervisor.endWith(() -> close(guard));
      step.done("watches over every model call");
      return new GuardAddress(
          guard.port(),
          token,
          setting.home().modelsForWorkers(),
          ModelsJson.text(models, guard.port()));
    } catch (SQLException e) {
      step.failed(String.valueOf(e.getMessage()));
      throw new Problem(
          ProblemCode.BOOKS_UNUSABLE,
          "Expected to open the ledger at "
              + books.database().access()
              + ", but: "
              + e.getMessage(),
          ProblemCode.BOOKS_UNUSABLE.next(),
          e);
    } catch (IOException | RuntimeException e) {
      step.failed(String.valueOf(e.getMessage()));
      throw e;
    }
  }

  private static void close(Guard guard) {
    try {
      guard.close();
    } catch (IOException e) {
      System.err.println("Kodo: the guard did not end cleanly: " + e.getMessage());
    }
  }

  private void tell(Steps.Step step, List<String> damage) {
    if (damage.isEmpty()) {
      step.done("continues");
    } else {
      step.done("continues, but is not as it was written");
      state.notice(
          "THE AUDIT LOG IS DAMAGED. "
              + String.join(" ", damage.subList(0, Math.min(3, damage.size())))
              + " Run `kodo audit verify`.");
    }
  }

  private DatabaseAccess externalDatabase() {
    Steps.Step step = state.steps().begin("Database");
    DatabaseAccess access = DatabaseAccess.external(config, setting.environment());
    try {
      access.check();
      step.done("answers at " + access);
      return access;
    } catch (SQLException e) {
      step.failed(String.valueOf(e.getMessage()));
      throw new Problem(
          ProblemCode.DATABASE_UNREACHABLE,
          "Expected the database at " + access + " to answer, but: " + e.getMessage() + ".",
          ProblemCode.DATABASE_UNREACHABLE.next(),
          e);
    }
  }

  private EngineAddress engine(DatabaseAccess database) throws IOException, InterruptedException {
    if (!config.localEngine()) {
      return EngineAddress.external(config, setting.environment());
    }
    KodoHome home = setting.home();
    Path data = Files.createDirectories(home.data().resolve("engine"));
    String id = EnginePart.engineId(data);
    EnginePorts ports = EnginePorts.of(config);
    Optional<EngineExport> export = export(database, id);
    EngineDistribution distribution = distribution(home);
    Optional<PlaceKeeping> placeKeeping = setting.operate() ? Optional.empty() : placeKeeping();
    Optional<EngineWebApps> webApps = setting.operate() ? Optional.of(webApps()) : Optional.empty();
    String memory =
        config.text(setting.operate() ? ConfigKey.OPERATE_ENGINE_MEMORY : ConfigKey.ENGINE_MEMORY);
    start(
        setting.operate() ? "Engine, Operate and Tasklist" : "Engine",
        new EnginePart(
            new EngineSetting(distribution, data, ports, memory, export, webApps, placeKeeping)));
    return EngineAddress.local(
        id,
        ports.grpcAddress(),
        ports.restAddress(),
        export.isPresent(),
        webApps.map(EngineWebApps::token));
  }

  /** Starts the search engine and says how the web applications use it. */
  private EngineWebApps webApps() throws IOException, InterruptedException {
    KodoHome home = setting.home();
    SearchFolder data = searchFolder();
    beginAnewWhereSomethingWasMissed(data);
    SearchPorts ports = SearchPorts.of(config);
    start(
        "Search engine",
        new SearchPart(
            searchLibraries(home),
            setting.installation().searchJar(),
            data,
            ports,
            config.text(ConfigKey.OPERATE_SEARCH_MEMORY),
            kept(),
            setting.clock()));
    EngineLogin login = EngineLogin.obtain(secrets);
    EngineToken token = EngineToken.obtain(setting.home().secrets());
    state.operate(
        EnginePorts.of(config),
        login.user(),
        secrets.file(EngineLogin.SECRET),
        secrets.file(EngineToken.SECRET));
    return new EngineWebApps(ports.address(), login, token);
  }

  private SearchFolder searchFolder() {
    return new SearchFolder(setting.home().data().resolve("search"));
  }

  private void beginAnewWhereSomethingWasMissed(SearchFolder data) throws IOException {
    boolean alive =
        !new PartRecords(setting.home().run()).alive(List.of(SearchPart.NAME)).isEmpty();
    if (!alive && data.beginAnew()) {
      state.notice(
          "Operate begins anew: the engine ran without it for longer than it could keep records for"
              + " it. Instances that began earlier are missing in Operate, and nowhere else: see"
              + " docs/operate.md.");
    }
  }

  /** Empty, and noted for Operate's next start, where nothing can be kept for it. */
  private Optional<PlaceKeeping> placeKeeping() throws IOException {
    SearchFolder data = searchFolder();
    Path jar = setting.installation().exporterJar();
    if (!data.isWatched()) {
      return Optional.empty();
    }
    if (!Files.exists(jar)) {
      data.miss();
      return Optional.empty();
    }
    return Optional.of(new PlaceKeeping(jar, kept(), data.missed()));
  }

  private SearchLibraries searchLibraries(KodoHome home) throws IOException {
    if (SearchLibraries.isThere(home.cache())) {
      return SearchLibraries.obtain(home.cache(), ignored -> {});
    }
    Steps.Step step = state.steps().begin("Search engine download");
    step.detail("asking Maven");
    try {
      SearchLibraries libraries = SearchLibraries.obtain(home.cache(), step::detail);
      step.done("in " + libraries.folder());
      return libraries;
    } catch (IOException | RuntimeException e) {
      step.failed(String.valueOf(e.getMessage()));
      throw e;
    }
  }

  /** Empty, and said so, where the exporter is not built or has no user in the database. */
  private Optional<EngineExport> export(DatabaseAccess workers, String engineId)
      throws IOException {
    Path jar = setting.installation().exporterJar();
    Optional<DatabaseAccess> access = exporterAccess();
    if (access.isEmpty() || !Files.exists(jar)) {
      state.notice(
          "Nobody can see the engine's incidents: "
              + (access.isEmpty()
                  ? "set `database.exporter-user`, see docs/operations.md."
                  : "build Kodo again, as " + jar + " is missing."));
      return Optional.empty();
    }
    Steps.Step step = state.steps().begin("Engine's records");
    step.detail("opening");
    try {
      new EngineRecords(access.get()).migrate(workers.user());
    } catch (SQLException e) {
      step.failed(String.valueOf(e.getMessage()));
      throw new Problem(
          ProblemCode.ENGINE_RECORDS_UNUSABLE,
          "Expected to open the engine's records at " + access.get() + ", but: " + e.getMessage(),
          ProblemCode.ENGINE_RECORDS_UNUSABLE.next(),
          e);
    }
    step.done("kept for " + Durations.readable(kept()));
    return Optional.of(new EngineExport(jar, access.get(), engineId, kept()));
  }

  private Optional<DatabaseAccess> exporterAccess() throws IOException {
    if (!config.embeddedDatabase()) {
      return DatabaseAccess.externalExporter(config, setting.environment());
    }
    String password = secrets.obtain(PostgresPart.EXPORTER_SECRET);
    return Optional.of(
        PostgresPart.exporterAccess(config.number(ConfigKey.DATABASE_PORT), password));
  }

  private Duration kept() {
    return config.duration(ConfigKey.ENGINE_RECORDS_KEPT);
  }

  private EngineDistribution distribution(KodoHome home) throws IOException {
    if (EngineDistribution.isThere(home.cache())) {
      return EngineDistribution.obtain(home.cache(), ignored -> {});
    }
    Steps.Step step = state.steps().begin("Engine download");
    state.notice(EngineDistribution.LICENCE_NOTE);
    step.detail("asking Maven");
    try {
      EngineDistribution distribution = EngineDistribution.obtain(home.cache(), step::detail);
      step.done("in " + distribution.folder());
      return distribution;
    } catch (IOException | RuntimeException e) {
      step.failed(String.valueOf(e.getMessage()));
      throw e;
    }
  }

  private void start(String title, Part part) throws InterruptedException {
    Steps.Step step = state.steps().begin(title);
    step.detail("starting");
    await(step, part);
  }

  private void await(Steps.Step step, Part part) throws InterruptedException {
    PartStatus status = settled(step, part);
    if (status.state() == PartState.HEALTHY) {
      step.done("works (pid " + status.pid() + ")");
    } else if (status.state() == PartState.HELD) {
      step.done("held back by panic; `kodo resume` lets it start");
    } else {
      step.failed(String.valueOf(status.lastError()));
      throw new Problem(
          ProblemCode.PART_FAILED,
          "Expected the part " + part.name() + " to work, but: " + status.lastError(),
          "Read `kodo logs " + part.name() + "`; then run `kodo doctor`." + lastLines(part));
    }
  }

  private PartStatus settled(Steps.Step step, Part part) throws InterruptedException {
    try {
      return supervisor.start(part);
    } catch (Problem problem) {
      step.failed(problem.sentence());
      throw problem;
    }
  }

  private String lastLines(Part part) {
    String lines = String.join("\n    ", PartLog.tail(setting.home().log(part.name()), 5));
    return lines.isBlank() ? "" : "\n  Last log lines:\n    " + lines;
  }
}
