package dev.kodo.kernel.guard;

import static dev.kodo.kernel.guard.GuardFixture.completion;
import static dev.kodo.kernel.guard.GuardFixture.openAi;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kodo.kernel.Samples;
import dev.kodo.kernel.audit.AuditEvent;
import dev.kodo.kernel.audit.Kind;
import dev.kodo.kernel.books.KeptBooks;
import dev.kodo.kernel.budget.Raise;
import dev.kodo.kernel.budget.RaiseFile;
import dev.kodo.kernel.budget.Usd;
import dev.kodo.kernel.home.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a provider or a caller does, a call ends in one settlement with the right basis. */
@Tag("slow")
class GuardFailureTest {
  private static final String CALL = openAi("Hello", "");
  private static final String STREAMED = openAi("Hello", ",\"stream\":true");
  private static final int SENT = CALL.getBytes(StandardCharsets.UTF_8).length;

  /** 10 and 20 dollars for a million tokens, a tenth of a cent for the call; 100 tokens out. */
  private static final Usd WORST = price(SENT, 100);

  private static final String STREAM = "data: {\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}\n\n";
  private static final String STREAM_USAGE =
      "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":500,\"completion_tokens\":7}}\n\n";
  private static final String SSE = "text/event-stream";

  @TempDir Path folder;
  private GuardFixture fixture;

  @BeforeEach
  void start() throws Exception {
    fixture = new GuardFixture(folder);
  }

  @AfterEach
  void stop() throws IOException {
    fixture.close();
  }

  static Stream<Arguments> ends() {
    String good = "{\"prompt_tokens\":500,\"completion_tokens\":7}";
    Usd worst = WORST;
    return Stream.of(
        end("a fair bill", ok(good), 200, "", "settled", "reported", price(500, 7)),
        end(
            "an overrun",
            ok(usage("500", "5000")),
            200,
            "",
            "settled",
            "reported",
            price(500, 5000)),
        end("no bill", ok(""), 200, "", "settled", "estimated", null),
        end("a bill of null", ok(usage("null", "null")), 200, "", "settled", "estimated", null),
        end("half a bill", ok("{\"prompt_tokens\":500}"), 200, "", "settled", "worst-case", worst),
        end("a negative bill", ok(usage("500", "-7")), 200, "", "settled", "worst-case", worst),
        end("a bill in words", ok(usage("500", "\"7\"")), 200, "", "settled", "worst-case", worst),
        end("a fractional bill", ok(usage("500", "7.5")), 200, "", "settled", "worst-case", worst),
        end(
            "an endless bill",
            ok(usage("500", "9".repeat(40))),
            200,
            "",
            "settled",
            "worst-case",
            worst),
        end("a bill of nothing", ok(usage("0", "0")), 200, "", "settled", "under-reported", null),
        end(
            "a third of the bill",
            FakeProvider.ok(completion("A fairly common word. ".repeat(25), usage("500", "40"))),
            200,
            "",
            "settled",
            "under-reported",
            WORST),
        end(
            "too small a bill",
            FakeProvider.ok(completion("x".repeat(1_000), usage("500", "7"))),
            200,
            "",
            "settled",
            "under-reported",
            worst),
        end("429", status(429), 429, "", "released", null, null),
        end("500", status(500), 500, "", "settled", "estimated", price(SENT, 0)),
        end("502", status(502), 502, "", "settled", "worst-case", WORST),
        end("504", status(504), 504, "", "settled", "worst-case", WORST),
        end("524", status(524), 524, "", "settled", "worst-case", WORST),
        end("408", status(408), 408, "", "settled", "worst-case", WORST),
        end("501", status(501), 501, "", "released", null, null),
        end("503", status(503), 503, "", "released", null, null),
        end("529", status(529), 529, "", "released", null, null),
        end(
            "an error with a bill",
            failed(503, good),
            503,
            "",
            "settled",
            "reported",
            price(500, 7)),
        end(
            "a refusal with a bill",
            failed(400, good),
            400,
            "",
            "settled",
            "reported",
            price(500, 7)),
        end(
            "a refusal that took nothing",
            failed(400, usage("0", "0")),
            400,
            "",
            "released",
            null,
            null),
        end(
            "an error with a bill that is none",
            failed(500, usage("-1", "7")),
            500,
            "",
            "settled",
            "worst-case",
            WORST),
        end(
            "a refusal with half a bill",
            failed(400, "{\"prompt_tokens\": 500}"),
            400,
            "",
            "settled",
            "worst-case",
            WORST),
        end(
            "an error with too small a bill",
            failed(500, usage("1", "0")),
            500,
            "",
            "settled",
            "under-reported",
            price(SENT, 0)),
        end("401", status(401), 401, "", "released", null, null),
        end("a redirect", status(302), 302, "", "released", null, null),
        end(
            "no JSON",
            FakeProvider.ok("<html>"),
            502,
            "provider-garbled",
            "settled",
            "worst-case",
            worst),
        end(
            "another JSON",
            FakeProvider.ok("{\"x\":1}"),
            502,
            "provider-garbled",
            "settled",
            "worst-case",
            worst),
        end(
            "no HTTP",
            FakeProvider.raw("SSH-2.0-x\r\n\r\n"),
            502,
            "provider-garbled",
            "settled",
            "worst-case",
            worst),
        end(
            "nothing",
            FakeProvider.raw(""),
            502,
            "provider-garbled",
            "settled",
            "worst-case",
            worst),
        end(
            "a cut body",
            FakeProvider.raw(FakeProvider.head(200, "application/json", "", 500) + "{"),
            502,
            "provider-garbled",
            "settled",
            "worst-case",
            worst),
        end(
            "a cut chunk",
            FakeProvider.raw(
                FakeProvider.head(200, "application/json", "Transfer-Encoding: chunked\r\n", -1)
                    + "ff\r\n{"),
            502,
            "provider-garbled",
            "settled",
            "worst-case",
            worst),
        end(
            "10 MB",
            FakeProvider.huge(10 << 20),
            502,
            "provider-garbled",
            "settled",
            "worst-case",
            worst),
        end(
            "an encoded body",
            FakeProvider.status(200, "Content-Encoding: gzip\r\n", completion("Hi", good)),
            502,
            "provider-garbled",
            "settled",
            "worst-case",
            worst),
        late("silence", FakeProvider::hang),
        late("a drip", FakeProvider::drip));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ends")
  void settlesOnce(
      String name,
      Function<FakeProvider, FakeProvider.Behaviour> behaviour,
      int status,
      String code,
      String state,
      @Nullable String basis,
      @Nullable Usd cost)
      throws Exception {
    fixture.provider.does(behaviour.apply(fixture.provider));

    HttpResponse<String> answer = fixture.call("paid", CALL);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Kodo-Guard").orElse("")).isEqualTo(code);
    assertThat(answer.headers().firstValue("Kodo-Reservation")).isPresent();
    AuditEvent event = recorded();
    assertThat(event.kind()).isEqualTo(Kind.MODEL_CALL);
    assertThat(event.agentId()).isEqualTo("main");
    assertThat(event.detail()).containsEntry("basis", basis == null ? "released" : basis);
    awaitWritten();
    assertThat(fixture.rows("select state, basis from guard.spend"))
        .containsExactly(state + "|" + basis);
    if (cost != null) {
      assertThat(fixture.guard.ledger().spending().day()).isEqualTo(cost);
      assertThat(event.detail()).containsEntry("usd", cost.toString());
    }
    assertThat(event.detail().containsKey("overrun")).isEqualTo(name.equals("an overrun"));
    assertThat(fixture.provider.seen()).hasSize(1);
  }

  @Test
  void tellsTheCostOfAWholeAnswerAndForwardsItsBytes() throws Exception {
    String sent = completion("Hi", usage("500", "7"));
    fixture.provider.does(FakeProvider.ok(sent));

    HttpResponse<String> answer = fixture.call("paid", CALL);

    assertThat(answer.body()).isEqualTo(sent);
    assertThat(answer.headers().firstValue("Kodo-Cost-Usd")).contains(price(500, 7).toString());
    assertThat(answer.headers().firstValue("Kodo-Cost-Basis")).contains("reported");
    FakeProvider.Seen seen = fixture.provider.seen().getFirst();
    assertThat(seen.body()).isEqualTo(CALL);
    assertThat(seen.head())
        .startsWith("POST /v1/chat/completions HTTP/1.1\r\n")
        .contains("Authorization: Bearer " + GuardFixture.KEY)
        .doesNotContain("Kodo-")
        .doesNotContain(GuardFixture.TOKEN);
  }

  @Test
  void neverGivesAwayTheKey() throws Exception {
    fixture.provider.does(
        FakeProvider.status(
            401,
            "X-Key: " + GuardFixture.KEY + "\r\n",
            "{\"wrong\":\"" + GuardFixture.KEY + "\"}"));
    HttpResponse<String> echoed = fixture.call("paid", CALL);
    assertThat(echoed.body()).isEqualTo("{\"wrong\":\"***\"}");
    fixture.provider.does(FakeProvider.raw(GuardFixture.KEY + "\r\n\r\n"));
    HttpResponse<String> garbled = fixture.call("paid", CALL);

    recordedCount(2);
    assertThat(echoed.headers().map() + garbled.body() + garbled.headers().map())
        .doesNotContain(GuardFixture.KEY);
    assertThat(fixture.audit.events().toString()).doesNotContain(GuardFixture.KEY);
    assertThat(ProviderKey.of("K", Map.of("K", GuardFixture.KEY)).toString()).isEqualTo("***");
    assertThat(fixture.rows("select * from guard.spend").toString())
        .doesNotContain(GuardFixture.KEY);
  }

  @Test
  void releasesACallThatNeverLeft() throws Exception {
    HttpResponse<String> answer = fixture.call("gone", CALL);

    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.headers().firstValue("Kodo-Guard")).contains("provider-unreachable");
    assertThat(recorded().detail()).containsEntry("basis", "released");
    assertThat(fixture.guard.ledger().spending().day()).isEqualTo(Usd.ZERO);
  }

  @Test
  void forwardsAStreamAsItComesAndMetersIt() throws Exception {
    fixture.provider.does(
        FakeProvider.stream(SSE, false, STREAM, STREAM_USAGE, "data: [DONE]\n\n"));

    HttpResponse<String> answer =
        fixture.call(
            "paid",
            openAi("Hello", ",\"stream\":true,\"stream_options\":{\"include_usage\":true}"));

    assertThat(answer.body())
        .startsWith(STREAM + STREAM_USAGE + "data: [DONE]\n\nevent: kodo\ndata: {");
    assertThat(recorded().detail())
        .containsEntry("basis", "reported")
        .containsEntry("output-tokens", "7");
    assertThat(fixture.guard.ledger().spending().day()).isEqualTo(price(500, 7));
  }

  @Test
  void sendsTheFirstEventBeforeTheLastOneExists() throws Exception {
    fixture.provider.does(
        out -> {
          FakeProvider.stream(SSE, true, STREAM).answer(out);
          fixture.provider.hang().answer(out);
        });
    HttpResponse<InputStream> answer =
        fixture.open(
            fixture.request("/models/paid/chat/completions", openAi("Hello", ",\"stream\":true")));

    assertThat(new String(answer.body().readNBytes(STREAM.length()), StandardCharsets.UTF_8))
        .isEqualTo(STREAM);
    assertThat(recorded().outcome()).isEqualTo("provider-timeout");
    assertThat(recorded().detail()).containsEntry("basis", "worst-case");
  }

  @Test
  void countsAStreamThatBreaksOffAtItsWorst() throws Exception {
    fixture.provider.does(FakeProvider.stream(SSE, false, STREAM));
    HttpResponse<InputStream> answer =
        fixture.open(
            fixture.request("/models/paid/chat/completions", openAi("Hello", ",\"stream\":true")));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(recorded().detail()).containsEntry("basis", "worst-case");
    assertThat(recorded().outcome()).isEqualTo("cut-off");
  }

  @Test
  void cutsTheProviderWhenTheCallerOfAStreamHasGone() throws Exception {
    fixture.provider.does(
        out -> {
          out.write(FakeProvider.head(200, SSE, "", -1).getBytes(StandardCharsets.UTF_8));
          while (true) {
            out.write(STREAM.getBytes(StandardCharsets.UTF_8));
            out.flush();
            Thread.sleep(5);
          }
        });
    // A plain socket: a client that pools its connections closes them when it likes.
    try (Socket caller = new Socket(InetAddress.getLoopbackAddress(), fixture.guard.port())) {
      caller.getOutputStream().write(GuardFixture.bytes("/models/paid/chat/completions", STREAMED));
      caller.setSoTimeout(20_000);
      assertThat(caller.getInputStream().readNBytes(10)).hasSize(10);
    }

    assertThat(recorded().outcome()).isEqualTo("caller-gone");
    assertThat(recorded().detail()).containsEntry("basis", "worst-case");
    await("the provider is cut").until(() -> fixture.provider.connections() == 0);
  }

  @Test
  void metersTheOtherWireFormats() throws Exception {
    String anthropic =
        "{\"model\":\"m\",\"max_tokens\":100,\"system\":"
            + GuardFixture.quoted(GuardFixture.LAYER_0)
            + ",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";
    fixture.provider.does(
        FakeProvider.ok(
            "{\"content\":[{\"type\":\"text\",\"text\":\"Hi\"}],"
                + "\"usage\":{\"input_tokens\":400,\"cache_read_input_tokens\":100,\"output_tokens\":7}}"));
    HttpResponse<String> claude = fixture.call("claude", anthropic);
    assertThat(claude.headers().firstValue("Kodo-Cost-Usd")).contains("0.00514");
    assertThat(fixture.provider.seen().getLast().head())
        .startsWith("POST /v1/messages ")
        .contains("x-api-key: " + GuardFixture.KEY)
        .contains("anthropic-version: 2023-06-01");

    String ollama =
        CALL.replace("\"max_tokens\":100", "\"stream\":false,\"options\":{\"num_predict\":100}");
    fixture.provider.does(
        FakeProvider.ok("{\"message\":{\"content\":\"Hi\"},\"done\":true,\"eval_count\":7}"));
    HttpResponse<String> local = fixture.call("local", ollama);
    assertThat(local.headers().firstValue("Kodo-Cost-Usd")).contains("0");
    assertThat(local.headers().firstValue("Kodo-Cost-Basis")).contains("free");
  }

  @Test
  void countsFlatAndUnknownPrices() throws Exception {
    fixture.provider.does(FakeProvider.ok(completion("Hi", usage("500", "7"))));
    HttpResponse<String> flat = fixture.call("flat", CALL);
    assertThat(flat.headers().firstValue("Kodo-Cost-Usd")).contains("0.5");
    assertThat(flat.headers().firstValue("Kodo-Cost-Basis")).contains("flat");
    HttpResponse<String> riddle = fixture.call("riddle", CALL);
    assertThat(riddle.headers().firstValue("Kodo-Cost-Usd")).contains("0.1");
    assertThat(riddle.headers().firstValue("Kodo-Cost-Basis")).contains("ceiling");
    fixture.provider.does(FakeProvider.status(500, "", "{}"));
    assertThat(fixture.call("flat", CALL).headers().firstValue("Kodo-Cost-Usd")).contains("0.5");
    assertThat(fixture.call("riddle", CALL).headers().firstValue("Kodo-Cost-Usd")).contains("0.1");
    fixture.provider.does(FakeProvider.status(429, "", "{}"));
    assertThat(fixture.call("riddle", CALL).headers().firstValue("Kodo-Cost-Usd")).isEmpty();
    awaitWritten();
    assertThat(fixture.rows("select count(*) from guard.spend where not price_known"))
        .containsExactly("3");
  }

  @Test
  void runsACommandWithNextToNoEnvironment() throws Exception {
    HttpResponse<String> answer = fixture.call("cli", openAi("run: env; pwd; ls -A", ""));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains("kodo-command", "PAID_KEY=***")
        .doesNotContain(GuardFixture.KEY, "OTHER_SECRET");
    assertThat(answer.headers().firstValue("Kodo-Cost-Basis")).contains("flat");
    assertThat(fixture.call("cli", openAi("run: exit 3", "")).statusCode()).isEqualTo(502);
    assertThat(fixture.call("cli", openAi("run: head -c 9000000 /dev/zero", "")).statusCode())
        .isEqualTo(502);
    recordedCount(3);
    assertThat(fixture.guard.ledger().spending().day()).isEqualTo(Usd.parse("0.3"));
  }

  @Test
  void killsTheWholeTreeOfACommandThatTakesTooLong() throws Exception {
    String mark = "31" + Instant.now().toEpochMilli() % 1_000_000;
    HttpResponse<String> answer =
        fixture.call("cli", openAi("run: sleep " + mark + " & (sleep " + mark + "); sleep 9", ""));

    assertThat(answer.statusCode()).isEqualTo(504);
    assertThat(recorded().detail()).containsEntry("basis", "flat");
    await("no process of it lives")
        .atMost(Duration.ofSeconds(5))
        .until(
            () ->
                ProcessHandle.allProcesses()
                    .noneMatch(
                        process ->
                            process.info().commandLine().orElse("").contains("sleep " + mark)));
  }

  @Test
  void cutsCallsInFlightOnPanicAndTakesNoMore() throws Exception {
    fixture.provider.does(fixture.provider.hang());
    Thread panic =
        Thread.ofVirtual()
            .start(
                () -> {
                  await("the call is under way").until(() -> !fixture.provider.seen().isEmpty());
                  try {
                    Files.createDirectories(fixture.home.run());
                    Files.createFile(fixture.home.panicFlag());
                  } catch (IOException e) {
                    throw new IllegalStateException(e);
                  }
                });

    HttpResponse<String> answer = fixture.call("paid", CALL);
    panic.join();

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Kodo-Guard")).contains("stopped");
    assertThat(recorded().detail()).containsEntry("basis", "worst-case");
    assertThat(fixture.call("paid", CALL).headers().firstValue("Kodo-Guard")).contains("stopped");
    assertThat(fixture.provider.seen()).hasSize(1);
    Files.delete(fixture.home.panicFlag());
    fixture.provider.does(FakeProvider.ok(completion("Hi", usage("500", "7"))));
    assertThat(fixture.call("paid", CALL).statusCode()).isEqualTo(200);
  }

  @Test
  void holdsACallerToTheLimitsThatItStatedFirst() throws Exception {
    fixture.provider.does(FakeProvider.ok(completion("Hi", usage("500", "7"))));
    String path = "/models/paid/chat/completions";

    HttpResponse<String> first =
        fixture.send(fixture.request(path, CALL).header("Kodo-Heartbeat-Calls", "1"));
    HttpResponse<String> second =
        fixture.send(fixture.request(path, CALL).header("Kodo-Heartbeat-Calls", "100"));

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(second.statusCode()).isEqualTo(402);
    assertThat(second.body()).contains("budget-exceeded", "stated-calls");
    assertThat(fixture.events("budget-exceeded"))
        .singleElement()
        .satisfies(event -> assertThat(event.detail()).containsEntry("cap", "stated-calls"));
    assertThat(fixture.provider.seen()).hasSize(1);
  }

  @Test
  void refusesOverBudgetAndNamesTheCap() throws Exception {
    Files.writeString(fixture.home.budget(), "per-day: 0.001\n");

    HttpResponse<String> answer = fixture.call("paid", CALL);

    assertThat(answer.statusCode()).isEqualTo(402);
    assertThat(answer.body()).contains("\"cap\" : \"per-call\"", "kodo budget set");
    assertThat(fixture.events("budget-exceeded")).hasSize(1);
    assertThat(fixture.events("in-force").getFirst().kind()).isEqualTo(Kind.BUDGET_CHANGE);
    assertThat(fixture.provider.seen()).isEmpty();
  }

  @Test
  void allowsMoreOnTheDayForWhichTheOwnerSaidYesAndOnNoOther() throws Exception {
    fixture.provider.does(ok(usage("500", "7")));
    Files.writeString(
        fixture.home.budget(), "per-day: 0.001\nper-call: 1\nper-hour: 1\nper-heartbeat: 1\n");
    LocalDate today = fixture.guard.ledger().spending().window().day();
    RaiseFile file = new RaiseFile(fixture.home.budgetToday());
    Usd more = Usd.parse("3");
    file.write(new Raise(today.plusDays(1), more, Map.of("main", more), "D-6"));
    assertThat(fixture.call("paid", CALL).statusCode()).as("before its day").isEqualTo(402);

    file.write(new Raise(today, more, Map.of("main", more), "D-7"));
    assertThat(fixture.call("paid", CALL).statusCode()).isEqualTo(200);
    JsonNode report = Json.parse(fixture.send(get("/budget")).body());
    assertThat(report.path("caps").path("per-day").asText()).isEqualTo("3.001");
    assertThat(report.path("raisedToday").path("decision").asText()).isEqualTo("D-7");
    assertThat(fixture.events("in-force").getLast().detail())
        .containsEntry("decision", "D-7")
        .containsEntry("more-per-day", "3")
        .containsEntry("more-for-agents", "{main=3}");

    fixture.clock.step(Duration.ofHours(26));
    assertThat(fixture.call("paid", CALL).statusCode()).as("the day is over").isEqualTo(402);
    assertThat(Json.parse(fixture.send(get("/budget")).body()).has("raisedToday")).isFalse();
  }

  @Test
  void reportsTheCapThatItHoldsWithWhatLiftsIt() throws Exception {
    assertThat(Json.parse(fixture.send(get("/budget")).body()).path("next").asText()).isEmpty();
    Files.writeString(fixture.home.budget(), "per-day: 2000\n");

    JsonNode report = Json.parse(fixture.send(get("/budget")).body());

    assertThat(report.path("caps").path("per-day").asText()).isEqualTo("1000");
    assertThat(report.path("trouble").asText()).contains("`per-hour`");
    assertThat(report.path("next").asText()).contains("`default`");
  }

  @Test
  void refusesWithoutLedgerOrLogAndComesBackByItself() throws Exception {
    fixture.provider.does(FakeProvider.ok(completion("Hi", usage("500", "7"))));
    fixture.databaseDown.set(true);
    assertThat(fixture.call("paid", CALL).headers().firstValue("Kodo-Guard"))
        .contains("ledger-unavailable");
    assertThat(fixture.provider.seen()).isEmpty();
    fixture.databaseDown.set(false);
    await("the ledger is back").until(() -> fixture.call("paid", CALL).statusCode() == 200);

    recordedCount(1);
    fixture.audit.broken(true);
    assertThat(fixture.call("paid", CALL).statusCode()).isEqualTo(200);
    await("the guard owes an entry").until(() -> fixture.call("paid", CALL).statusCode() == 503);
    fixture.audit.broken(false);
    await("nothing is owed").until(() -> fixture.call("paid", CALL).statusCode() == 200);
    assertThat(fixture.events("ok").size()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void letsNoCallThroughOnceAnotherKernelKeepsTheBooks() throws Exception {
    fixture.provider.does(ok(completion("Hi", "{\"prompt_tokens\":500,\"completion_tokens\":7}")));
    assertThat(fixture.call("paid", CALL).statusCode()).isEqualTo(200);
    int before = fixture.provider.seen().size();
    fixture.books.endGuardConnections();
    try (KeptBooks ignored = fixture.books.keep()) {
      HttpResponse<String> answer = fixture.call("paid", CALL);

      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).contains("books-taken");
      assertThat(fixture.provider.seen()).hasSize(before);
    }
  }

  @Test
  void settlesWhatADeadGuardLeftOpen() throws Exception {
    try (var connection = fixture.kept.connect();
        var statement = connection.createStatement()) {
      statement.execute(
          """
          insert into guard.spend (reservation_id, call_id, agent_id, provider, model, window_day,
            window_hour, reserved_usd, state, price_known, reserved_at)
          values (gen_random_uuid(), 'c', 'main', 'paid', 'm', current_date,
            date_trunc('hour', now()), 0.25, 'reserved', true, now())
          """);
    }
    fixture.guard.close();
    fixture.start();

    AuditEvent event = fixture.events("kernel-died").getFirst();
    assertThat(event.detail()).containsEntry("usd", "0.25").containsEntry("basis", "worst-case");
    assertThat(fixture.rows("select state, settled_usd from guard.spend"))
        .containsExactly("settled|0.250000000");
  }

  @Test
  void reportsTheBudgetInTheFormOfTheSample() throws Exception {
    fixture.provider.does(ok(usage("500", "7")));
    fixture.call("paid", CALL);
    recordedCount(1);

    JsonNode report = Json.parse(fixture.send(get("/budget?by=model&since=7d")).body());

    assertThat(form(report)).isEqualTo(form(Json.parse(Samples.text("budget.json"))));
  }

  @Test
  void saysWhatACallSetsAsideAndBeforeTheFirstWhatItMay() throws Exception {
    fixture.provider.does(ok(usage("500", "7")));
    JsonNode before = Json.parse(fixture.send(get("/budget")).body());
    assertThat(before.path("callAtWorst")).isEqualTo(before.path("caps").path("per-call"));

    fixture.call("paid", CALL);
    recordedCount(1);

    Usd reserved = Usd.parse(fixture.rows("select reserved_usd from guard.spend").getFirst());
    JsonNode after = Json.parse(fixture.send(get("/budget")).body());
    assertThat(after.path("callAtWorst").asText()).isEqualTo(reserved.toString());
    assertThat(reserved.exceeds(price(500, 7))).isTrue();
  }

  /** The names and types of the fields; of a list those of its first element. */
  private static String form(JsonNode node) {
    if (node.isObject()) {
      TreeMap<String, String> fields = new TreeMap<>();
      node.properties().forEach(field -> fields.put(field.getKey(), form(field.getValue())));
      return fields.toString();
    }
    return node.isArray() ? "[" + form(node.path(0)) + "]" : node.getNodeType().toString();
  }

  @Test
  void answersItsOwnPaths() throws Exception {
    HttpResponse<String> constitution = fixture.send(get("/constitution"));
    assertThat(constitution.body()).isEqualTo(GuardFixture.LAYER_0);
    assertThat(constitution.headers().firstValue("Kodo-Constitution-Sha256").orElse(""))
        .hasSize(64);
    assertThat(fixture.send(get("/health")).body()).contains("ready");
    assertThat(fixture.send(get("/budget?by=model&since=7d")).body())
        .contains("\"per-day\" : \"1000\"", "\"lines\"", "riddle/m");
    assertThat(fixture.send(get("/budget?by=moon")).statusCode()).isEqualTo(400);
    String entry =
        "{\"kind\":\"tool-call\",\"subject\":\"grep\",\"outcome\":\"ok\",\"detail\":{\"a\":\"b\"}}";
    assertThat(fixture.send(fixture.request("/audit", entry)).statusCode()).isEqualTo(200);
    assertThat(fixture.events("ok").getFirst().actor().word()).isEqualTo("body");
    String forged = entry.replace("tool-call", "model-call");
    assertThat(fixture.send(fixture.request("/audit", forged)).statusCode()).isEqualTo(403);
  }

  /** What is refused stays with the body, and is taken when the minute is over. */
  @Test
  void takesABoundedNumberOfEntriesFromTheBody() throws Exception {
    String entry = "{\"kind\":\"tool-call\",\"subject\":\"grep\",\"outcome\":\"ok\"}";
    for (int i = 0; i < EntryRate.MOST; i++) {
      assertThat(fixture.send(fixture.request("/audit", entry)).statusCode()).isEqualTo(200);
    }

    HttpResponse<String> refused = fixture.send(fixture.request("/audit", entry));

    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("Kodo-Guard")).contains("too-many-entries");
    assertThat(fixture.events("too-many-entries")).hasSize(1);
    assertThat(fixture.events("ok")).hasSize(EntryRate.MOST);

    fixture.clock.step(EntryRate.WINDOW);
    assertThat(fixture.send(fixture.request("/audit", entry)).statusCode()).isEqualTo(200);
  }

  /** The body need not know how much of a text the log keeps. */
  @Test
  void shortensAnEntryOfTheBodyThatSaysTooMuch() throws Exception {
    String entry =
        "{\"kind\":\"tool-call\",\"subject\":\"%1$s\",\"outcome\":\"ok\",\"detail\":{\"a\":\"%1$s\"}}"
            .formatted("x".repeat(100_000));

    HttpResponse<String> answer = fixture.send(fixture.request("/audit", entry));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(fixture.events("ok"))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.subject()).hasSize(300);
              assertThat(event.detail().get("a")).hasSize(300);
            });
  }

  private java.net.http.HttpRequest.Builder get(String path) {
    return fixture.request(path, "").GET();
  }

  private AuditEvent recorded() {
    return recordedCount(1).getLast();
  }

  private List<AuditEvent> recordedCount(int count) {
    await("the calls are recorded")
        .atMost(Duration.ofSeconds(30))
        .until(() -> calls().size() >= count);
    return calls();
  }

  private List<AuditEvent> calls() {
    return fixture.audit.events().stream().filter(e -> e.kind() == Kind.MODEL_CALL).toList();
  }

  private void awaitWritten() {
    await("the settlement is written").until(() -> fixture.guard.ledger().unwritten() == 0);
  }

  private static Usd price(long input, long output) {
    return Usd.parse("0.001")
        .plus(Usd.ofTokens(input, Usd.parse("10")))
        .plus(Usd.ofTokens(output, Usd.parse("20")));
  }

  private static String usage(String input, String output) {
    return "{\"prompt_tokens\":" + input + ",\"completion_tokens\":" + output + "}";
  }

  private static FakeProvider.Behaviour ok(String usage) {
    return FakeProvider.ok(completion("Hi", usage));
  }

  private static FakeProvider.Behaviour failed(int status, String usage) {
    return FakeProvider.status(status, "", "{\"error\":\"no\",\"usage\":" + usage + "}");
  }

  private static FakeProvider.Behaviour status(int status) {
    return FakeProvider.status(status, "Retry-After: 7\r\n", "{\"error\":\"no\"}");
  }

  private static Arguments end(
      String name,
      FakeProvider.Behaviour behaviour,
      int status,
      String code,
      String state,
      @Nullable String basis,
      @Nullable Usd cost) {
    Function<FakeProvider, FakeProvider.Behaviour> always = provider -> behaviour;
    return Arguments.of(name, always, status, code, state, basis, cost);
  }

  private static Arguments late(
      String name, Function<FakeProvider, FakeProvider.Behaviour> behaviour) {
    return Arguments.of(name, behaviour, 504, "provider-timeout", "settled", "worst-case", WORST);
  }
}
