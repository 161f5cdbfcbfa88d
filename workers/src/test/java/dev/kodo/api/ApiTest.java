package dev.kodo.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kodo.agent.AgentState;
import dev.kodo.agent.Agents;
import dev.kodo.decision.AskedDecisions;
import dev.kodo.decision.Decision;
import dev.kodo.decision.Decisions;
import dev.kodo.heartbeat.RecordedBeats;
import dev.kodo.process.EngineUnavailable;
import dev.kodo.process.FakeDeployment;
import dev.kodo.process.FakeProcessEngine;
import dev.kodo.process.MessageName;
import dev.kodo.testing.SettableClock;
import dev.kodo.testing.TestDatabase;
import dev.kodo.testing.TestProperties;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

/** The API over a real database, with an engine and a deployment that only remember. */
@Tag("slow")
class ApiTest {
  private static final String BEAT = "20260131093000";

  private final SettableClock clock = new SettableClock("2026-01-31T09:30:00Z");
  private final TestDatabase database = TestDatabase.fresh();
  private final FakeProcessEngine engine = new FakeProcessEngine();
  private final FakeDeployment deployment = new FakeDeployment(true);
  private final RecordedBeats beats = new RecordedBeats(database, clock);
  private final Agents agents = new Agents(database.jdbc(), clock);
  private final Decisions decisions = AskedDecisions.in(database, engine, clock);
  private final MockMvc api = api(engine);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'aproved':true}|aproved",
        "{}|approved",
        "{'approved':null}|approved",
        "{'approved':'yes'}|approved",
        "{'approved':true,'approved':false}|JSON",
        "[]|object",
        "null|null",
        "yes|JSON"
      })
  void takesNoSlipOfThePenForAnAnswer(String body, String named) throws Exception {
    Decision decision = waitingDecision();

    Reply reply = post("/api/decisions/" + decision.decisionId(), body.replace('\'', '"'));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body()).contains("REQUEST_INVALID", named);
    assertThat(engine.correlated()).isEmpty();
    assertThat(decisions.open()).containsExactly(decision);
  }

  @Test
  void limitsWhatIsKeptWithAnAnswer() throws Exception {
    Decision decision = waitingDecision();
    String path = "/api/decisions/" + decision.decisionId();

    assertThat(post(path, answer("x".repeat(2001), "ann")).status()).isEqualTo(400);
    assertThat(post(path, answer("fine", "x".repeat(101))).body()).contains("'by'");
    assertThat(engine.correlated()).isEmpty();

    assertThat(post(path, answer("a\\u0000b\\ud800 𠮷", "ann")).body()).contains("approved");
    assertThat(engine.correlated())
        .singleElement()
        .satisfies(
            message ->
                assertThat(message.variables())
                    .containsEntry("comment", "ab 𠮷")
                    .containsEntry("answeredBy", "ann"));
  }

  @Test
  void tellsThatNobodyWaitsForAnAnswerAnyMore() throws Exception {
    Decision decision = decisions.ask("main", "review", "Go on?", "why", Duration.ofDays(7));
    clock.advance(Duration.ofMinutes(1));

    Reply reply = post("/api/decisions/" + decision.decisionId(), "{\"approved\":true}");

    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.body()).contains("DECISION_STALE", "Nobody waits");
    assertThat(decisions.open()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"dryrun\":true}", "{\"dryRun\":null}", "{\"dryRun\":\"\"}"})
  void deploysNothingWhenTheRequestDoesNotSayWhetherItIsMeant(String body) throws Exception {
    Reply reply = post("/api/deploy", body);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body()).contains("dryRun");
    assertThat(deployment.asked()).isEmpty();
  }

  @Test
  void deploysWhatIsMeant() throws Exception {
    post("/api/deploy", "{\"dryRun\":true}");
    post("/api/deploy", "{\"dryRun\":false}");

    assertThat(deployment.asked()).containsExactly("dry-run", "deploy");
  }

  @Test
  void refusesABeatWhileTheEngineRunsTheOpenOne() throws Exception {
    beats.open(BEAT, 17);
    engine.run(17);
    engine.waitFor(MessageName.BEAT_NOW, "main");

    assertThat(post("/api/agents/main/beat", "{}").body()).contains("already-beating");
    assertThat(engine.correlated()).isEmpty();
  }

  @Test
  void letsAnAgentBeatWhoseOpenBeatIsGoneFromTheEngine() throws Exception {
    beats.open(BEAT, 17);
    engine.waitFor(MessageName.BEAT_NOW, "main");

    assertThat(post("/api/agents/main/beat", "{}").body()).contains("\"beating\"");
    assertThat(engine.correlated()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"beat", "start", "stop"})
  void knowsNoAgentThatIsNeitherConfiguredNorRecorded(String command) throws Exception {
    Reply reply = post("/api/agents/mian/" + command, "{}");

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.body()).contains("AGENT_UNKNOWN", "mian", "kodo status");
    assertThat(engine.published()).isEmpty();
  }

  @Test
  void stopsARestingAgentAtOnce() throws Exception {
    engine.waitFor(MessageName.STOP_AGENT, "main");

    assertThat(post("/api/agents/main/stop", "{}").body()).contains("\"stopping\"");
    assertThat(engine.published()).as("nothing is left for later").isEmpty();
  }

  @Test
  void stopsABeatingAgentOnceAfterItsBeatAndAgainInItsNextLife() throws Exception {
    beats.open(BEAT, 17);
    assertThat(post("/api/agents/main/stop", "{}").body()).contains("\"stopping\"");
    assertThat(post("/api/agents/main/stop", "{}").body()).contains("already-stopping");
    assertThat(engine.published()).hasSize(1);

    beats.end(BEAT);
    beats.open("20260131100000", 18);
    assertThat(post("/api/agents/main/stop", "{}").body()).contains("\"stopping\"");
    assertThat(engine.published()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"STOPPED,stopped", "RETIRED,retired"})
  void leavesNoMessageForTheNextLifeOfAnAgentThatIsStopped(AgentState state, String told)
      throws Exception {
    agents.moveTo("main", state);

    assertThat(post("/api/agents/main/stop", "{}").body()).contains("\"" + told + "\"");
    assertThat(engine.published()).isEmpty();
  }

  @Test
  void refusesACursorThatIsNoNumber() throws Exception {
    Reply reply = send(MockMvcRequestBuilders.get("/api/heartbeats?after=abc"), api);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body()).contains("REQUEST_INVALID", "after", "abc");
  }

  @Test
  void tellsThatTheEngineIsGone() throws Exception {
    FakeProcessEngine gone =
        new FakeProcessEngine() {
          @Override
          public boolean correlate(
              String messageName, String correlationKey, Map<String, Object> variables) {
            throw new EngineUnavailable(new IllegalStateException("connection refused"));
          }
        };

    Reply reply = send(request("/api/agents/main/beat", "{}"), api(gone));

    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.body()).contains("ENGINE_UNAVAILABLE", "connection refused");
  }

  private Decision waitingDecision() {
    Decision decision = decisions.ask("main", "review", "Go on?", "why", Duration.ofDays(7));
    engine.waitFor(MessageName.DECISION_MADE, decision.decisionId());
    return decision;
  }

  private static String answer(String comment, String by) {
    return "{\"approved\":true,\"comment\":\"%s\",\"by\":\"%s\"}".formatted(comment, by);
  }

  @SuppressWarnings("NullAway") // No request of these tests gets as far as to the models.
  private MockMvc api(FakeProcessEngine processEngine) {
    return MockMvcBuilders.standaloneSetup(
            new AgentController(
                agents,
                beats.heartbeats(),
                processEngine,
                TestProperties.in(Path.of("unused"), Map.of())),
            new DecisionController(decisions),
            new DeployController(deployment),
            new HeartbeatController(beats.heartbeats(), null))
        .setControllerAdvice(new ErrorAdvice())
        .build();
  }

  private record Reply(int status, String body) {}

  private Reply post(String path, String body) throws Exception {
    return send(request(path, body), api);
  }

  private static MockHttpServletRequestBuilder request(String path, String body) {
    return MockMvcRequestBuilders.post(path).contentType(MediaType.APPLICATION_JSON).content(body);
  }

  private static Reply send(MockHttpServletRequestBuilder request, MockMvc api) throws Exception {
    MockHttpServletResponse response = api.perform(request).andReturn().getResponse();
    return new Reply(response.getStatus(), text(response));
  }

  private static String text(MockHttpServletResponse response) throws UnsupportedEncodingException {
    return response.getContentAsString(StandardCharsets.UTF_8);
  }
}
