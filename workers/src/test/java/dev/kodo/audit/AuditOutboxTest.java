package dev.kodo.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.kodo.config.KodoProperties;
import dev.kodo.guard.GuardClient;
import dev.kodo.testing.SettableClock;
import dev.kodo.testing.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

@Tag("slow")
class AuditOutboxTest {
  private final TestDatabase database = TestDatabase.fresh();
  private final List<String> taken = new CopyOnWriteArrayList<>();
  private HttpServer guard;
  private volatile int status = 200;

  /** This agent has told more than the guard takes in a minute. */
  private volatile String talkative = "nobody";

  private final AtomicInteger turnedAway = new AtomicInteger();
  private AuditOutbox outbox;
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void start() throws IOException {
    guard = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    guard.createContext("/audit", this::take);
    guard.start();
    outbox = outbox();
    log.start();
    logger().addAppender(log);
  }

  @AfterEach
  void stop() {
    logger().detachAppender(log);
    guard.stop(0);
  }

  private static Logger logger() {
    return (Logger) LoggerFactory.getLogger(AuditOutbox.class.getPackageName());
  }

  private AuditOutbox outbox() {
    KodoProperties.Guard address =
        new KodoProperties.Guard("http://127.0.0.1:" + guard.getAddress().getPort(), "token");
    ObjectMapper json = new ObjectMapper();
    return new AuditOutbox(
        database.jdbc(),
        new GuardLog(new GuardClient(address), json),
        json,
        new SettableClock("2026-11-21T10:00:00Z"));
  }

  private void take(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    int answer = body.contains("poison") ? 400 : status;
    if (talkative.equals(exchange.getRequestHeaders().getFirst("Kodo-Agent"))) {
      turnedAway.incrementAndGet();
      answer = 429;
    }
    if (answer == 200) {
      taken.add(
          "%s %s %s"
              .formatted(
                  exchange.getRequestHeaders().getFirst("Kodo-Agent"),
                  exchange.getRequestHeaders().getFirst("Kodo-Heartbeat"),
                  body));
    }
    exchange.sendResponseHeaders(answer, -1);
    exchange.close();
  }

  private static AuditEntry entry(String subject) {
    return entry("main", subject);
  }

  private static AuditEntry entry(String agentId, String subject) {
    return new AuditEntry(
        AuditEntry.Kind.FILE_CHANGE,
        agentId,
        "20261121100000",
        subject,
        "committed",
        Map.of("commit", "c0ffee"),
        "commit main " + subject);
  }

  @Test
  void tellsTheGuardWhenTheJobHasEnded() {
    outbox.enter(entry("a"));
    assertThat(taken).isEmpty();

    outbox.deliver();

    assertThat(taken)
        .containsExactly(
            "main 20261121100000 {\"kind\":\"file-change\",\"subject\":\"a\",\"outcome\":\"committed\",\"detail\":{\"commit\":\"c0ffee\",\"outbox\":\"1\"}}");
    outbox.deliver();
    assertThat(taken).hasSize(1);
  }

  @Test
  void leavesItToTheGuardHowMuchOfATextIsKept() {
    outbox.enter(entry("x".repeat(1000)));

    outbox.deliver();

    assertThat(subjects()).containsExactly("x".repeat(1000));
  }

  @Test
  void tellsTheSameOccasionOnce() {
    outbox.enter(entry("a"));
    outbox.enter(entry("a"));

    outbox.deliver();

    assertThat(taken).hasSize(1);
  }

  @Test
  void keepsEntriesInTheirOrderWhileTheGuardIsAway() {
    status = 503;
    outbox.enter(entry("a"));
    outbox.deliver();
    outbox.enter(entry("b"));
    outbox.deliver();
    assertThat(taken).isEmpty();

    status = 200;
    outbox.deliver();

    assertThat(subjects()).containsExactly("a", "b");
  }

  @Test
  void letsOneAgentThatTellsTooMuchHoldUpNobodyElse() {
    for (int i = 0; i < 60; i++) {
      outbox.enter(entry("main", "m" + i));
    }
    outbox.enter(entry("other", "a"));
    outbox.enter(entry("other", "b"));
    talkative = "main";

    outbox.deliver();

    assertThat(subjects()).containsExactly("a", "b");
    assertThat(turnedAway).as("its later entries wait behind the first").hasValue(1);

    talkative = "nobody";
    outbox.deliver();

    assertThat(subjects()).hasSize(62).startsWith("a", "b", "m0", "m1", "m2").endsWith("m59");
  }

  @Test
  void tellsOnceThatAnAgentIsTurnedAwayAndOnceThatThisIsOver() {
    talkative = "main";
    for (int i = 0; i < 3; i++) {
      outbox.enter(entry("m" + i));
      outbox.deliver();
    }
    assertThat(turnedAway).as("each job tries again").hasValue(3);
    assertThat(logged()).containsExactly("WARN main");

    talkative = "nobody";
    outbox.deliver();
    outbox.deliver();
    assertThat(logged()).containsExactly("WARN main", "INFO main");

    talkative = "main";
    outbox.enter(entry("again"));
    outbox.deliver();
    assertThat(logged()).containsExactly("WARN main", "INFO main", "WARN main");
  }

  @Test
  void tellsOnceThatTheGuardIsAwayAndOnceThatItIsBack() {
    status = 503;
    outbox.enter(entry("a"));
    outbox.deliver();
    outbox.deliver();
    assertThat(logged()).containsExactly("WARN all agents");

    status = 200;
    outbox.deliver();

    assertThat(logged()).containsExactly("WARN all agents", "INFO all agents");
  }

  /** The level of each line, and whose entries are late or no longer so. */
  private List<String> logged() {
    return log.list.stream()
        .map(line -> line.getLevel() + " " + line.getFormattedMessage())
        .map(
            line ->
                line.replaceAll("^(\\w+) .* entries of (?:agent )?(all agents|\\w+) .*", "$1 $2"))
        .toList();
  }

  private List<String> subjects() {
    return taken.stream().map(told -> told.replaceAll(".*subject\":\"([^\"]*).*", "$1")).toList();
  }

  @Test
  void tellsWhatAnEarlierBodyLeft() {
    outbox.enter(entry("a"));

    outbox().deliver();

    assertThat(taken).hasSize(1);
  }

  @Test
  void goesOnAfterAnEntryThatTheGuardRefuses() {
    outbox.enter(entry("poison"));
    outbox.enter(entry("b"));

    outbox.deliver();

    assertThat(taken).singleElement().asString().contains("\"b\"");
    assertThat(
            database
                .jdbc()
                .sql("select subject || ': ' || refused from audit_outbox")
                .query(String.class)
                .list())
        .containsExactly("poison: The guard answered with HTTP status 400.");
  }

  /** Somebody must hear of a refusal: the status tells it until a person has dealt with it. */
  @Test
  void tellsWhatTheLogDoesNotHave() {
    assertThat(outbox.untold()).isEqualTo(new AuditTrail.Untold(0, 0, null));
    outbox.enter(entry("poison"));
    outbox.enter(entry("b"));
    assertThat(outbox.untold()).isEqualTo(new AuditTrail.Untold(2, 0, null));

    outbox.deliver();

    assertThat(outbox.untold())
        .isEqualTo(new AuditTrail.Untold(0, 1, "The guard answered with HTTP status 400."));
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 408, 429, 500, 503})
  void sendsAgainWhatTheGuardDoesNotTakeYet(int notYet) {
    status = notYet;
    outbox.enter(entry("a"));
    outbox.deliver();
    assertThat(outbox.untold()).isEqualTo(new AuditTrail.Untold(1, 0, null));

    status = 200;
    outbox.deliver();

    assertThat(taken).hasSize(1);
    assertThat(outbox.untold()).isEqualTo(new AuditTrail.Untold(0, 0, null));
  }

  @Test
  void forgetsWhatItsTransactionForgets() {
    assertThatThrownBy(
            () ->
                database
                    .transactions()
                    .executeWithoutResult(
                        transaction -> {
                          outbox.enter(entry("a"));
                          throw new IllegalStateException("rolled back");
                        }))
        .hasMessage("rolled back");

    outbox.deliver();

    assertThat(taken).isEmpty();
  }

  @Test
  void tellsMoreThanOneHandful() {
    for (int i = 0; i < 120; i++) {
      outbox.enter(entry("entry " + i));
    }

    outbox.deliver();

    assertThat(taken).hasSize(120);
  }
}
