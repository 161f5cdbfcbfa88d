package dev.kodo.kernel.guard;

import dev.kodo.kernel.audit.Actor;
import dev.kodo.kernel.audit.AuditEvent;
import dev.kodo.kernel.audit.Kind;
import dev.kodo.kernel.budget.Abandoned;
import dev.kodo.kernel.budget.Ledger;
import dev.kodo.kernel.config.Config;
import dev.kodo.kernel.config.ConfigKey;
import dev.kodo.kernel.guard.facts.FactsFile;
import dev.kodo.kernel.guard.http.Connections;
import dev.kodo.kernel.guard.http.HttpListener;
import dev.kodo.kernel.guard.http.Watchdog;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;

/** The running guard: listens on the loopback interface until it is closed. */
public final class Guard implements AutoCloseable {
  private static final int LARGEST_CALL = 8 << 20;

  /** A call takes some eight times its size while it is looked at. */
  private static final int ALL_CALLS =
      (int) Math.min(1 << 28, Runtime.getRuntime().maxMemory() / 12);

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration LONGEST_REQUEST = Duration.ofSeconds(10);
  private static final Duration LONGEST_IDLE = Duration.ofSeconds(60);
  private static final Duration LOOK_FOR_PANIC = Duration.ofMillis(100);
  private static final Duration SWEEP = Duration.ofSeconds(10);
  private static final Duration LAST_CALLS = Duration.ofSeconds(10);

  private final GuardSetting setting;
  private final Watchdog watchdog = new Watchdog();
  private final Connections connections = new Connections(watchdog);
  private final InFlight inFlight = new InFlight();
  private final Records records;
  private final RefusalRecord refusals;
  private final Ledger ledger;
  private final Knowledge knowledge;
  private final Waiting waiting;
  private final HttpListener listener;
  private volatile boolean closing;

  private Guard(GuardSetting setting, int port) throws IOException, SQLException {
    this.setting = setting;
    waiting = new Waiting(setting.clock());
    records = new Records(setting.audit());
    refusals = new RefusalRecord(records, setting.clock());
    Budget budget = new Budget(setting, records);
    ledger = Ledger.open(setting.books(), budget::caps, setting.clock(), zone(setting.config()));
    ledger.abandoned().forEach(abandoned -> records.append(entry(abandoned)));
    knowledge =
        new Knowledge(
            setting.registry(),
            new FactsFile(setting.home().modelFacts(), setting.clock()),
            budget::prices,
            waiting,
            setting.clock());
    String secret = UUID.randomUUID().toString();
    Admission admission =
        new Admission(
            setting.registry(),
            setting.constitution().text(),
            budget::prices,
            budget::caps,
            ledger,
            knowledge,
            secret);
    GuardHandler handler =
        new GuardHandler(
            setting,
            records,
            refusals,
            this::isStopped,
            admission,
            new Passage(
                inFlight,
                watchdog,
                setting.clock(),
                forwardings(),
                new Closing(ledger, records, knowledge)),
            new BudgetJson(
                budget,
                ledger,
                setting.books(),
                setting.registry(),
                zone(setting.config()),
                setting.clock()),
            knowledge);
    try {
      listener =
          HttpListener.start(
              port,
              new HttpListener.Limits(
                  LARGEST_CALL, ALL_CALLS, PATIENCE, LONGEST_REQUEST, LONGEST_IDLE),
              watchdog,
              handler);
    } catch (IOException e) {
      ledger.close();
      knowledge.close();
      throw e;
    }
    knowledge.begin(
        new Probes(
            "http://127.0.0.1:" + listener.port(),
            setting.token(),
            secret,
            setting.constitution().text()));
    lookForPanic();
    sweepRefusals();
  }

  private void sweepRefusals() {
    try {
      refusals.sweep();
    } finally {
      if (!closing) {
        Watchdog.Limit unused = watchdog.limit(SWEEP, this::sweepRefusals);
      }
    }
  }

  /** Starts a guard at the configured port. */
  public static Guard start(GuardSetting setting) throws IOException, SQLException {
    return start(setting, setting.config().number(ConfigKey.GUARD_PORT));
  }

  /** Starts a guard; port 0 takes any free one. */
  static Guard start(GuardSetting setting, int port) throws IOException, SQLException {
    return new Guard(setting, port);
  }

  private Map<Provider.Kind, Forwarding> forwardings() {
    HttpForwarding http =
        new HttpForwarding(watchdog, connections, this::isStopped, waiting, setting.clock());
    Map<Provider.Kind, Forwarding> forwardings = new EnumMap<>(Provider.Kind.class);
    for (Provider.Kind kind : Provider.Kind.values()) {
      forwardings.put(kind, http);
    }
    forwardings.put(
        Provider.Kind.COMMAND, new CommandForwarding(setting.environment(), setting.clock()));
    return forwardings;
  }

  private static ZoneId zone(Config config) {
    return ZoneId.of(
        config.isSet(ConfigKey.BUDGET_TIME_ZONE)
            ? config.text(ConfigKey.BUDGET_TIME_ZONE)
            : config.text(ConfigKey.TIME_ZONE));
  }

  private static AuditEvent entry(Abandoned abandoned) {
    AuditEvent event =
        AuditEvent.of(Actor.GUARD, Kind.MODEL_CALL, abandoned.model(), "kernel-died")
            .with(
                Map.of(
                    "reservation", abandoned.reservationId().toString(),
                    "call", abandoned.callId(),
                    "usd", abandoned.amount().toString(),
                    "basis", "worst-case"));
    return event.by(abandoned.agentId(), abandoned.heartbeatId());
  }

  public int port() {
    return listener.port();
  }

  Ledger ledger() {
    return ledger;
  }

  Waiting waiting() {
    return waiting;
  }

  private boolean isStopped() {
    return closing || Files.exists(setting.home().panicFlag());
  }

  private void lookForPanic() {
    try {
      if (isStopped()) {
        inFlight.cutAll();
      }
    } finally {
      if (!closing) {
        Watchdog.Limit unused = watchdog.limit(LOOK_FOR_PANIC, this::lookForPanic);
      }
    }
  }

  /** Cuts the calls that are under way, settles them, and stops listening. */
  @Override
  public void close() throws IOException {
    closing = true;
    long deadline = System.nanoTime() + LAST_CALLS.toNanos();
    while (inFlight.count() > 0 && System.nanoTime() - deadline < 0) {
      inFlight.cutAll();
      pause();
    }
    listener.close();
    refusals.end();
    awaitRecords();
    records.close();
    ledger.close();
    knowledge.close();
    connections.close();
    watchdog.close();
  }

  private void awaitRecords() {
    try {
      records.awaitWritten(LAST_CALLS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(10);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
