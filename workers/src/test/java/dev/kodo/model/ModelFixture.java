package dev.kodo.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kodo.config.KodoProperties;
import dev.kodo.model.ModelsFile.Kind;
import dev.kodo.model.http.ChatEndpoint;
import dev.kodo.model.http.ConstitutionEndpoint;
import dev.kodo.model.http.EndpointSettings;
import dev.kodo.model.http.Target;
import dev.kodo.model.openai.OpenAiWire;
import dev.kodo.testing.SettableClock;
import dev.kodo.testing.TestDatabase;
import dev.kodo.testing.TestProperties;
import dev.kodo.worker.JobIdentity;
import dev.kodo.worker.JobRun;
import dev.kodo.worker.JobRuns;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Models on a real database, for one test. */
final class ModelFixture {
  static final ObjectMapper JSON = new ObjectMapper();
  static final String HEARTBEAT = "20261121080000";
  static final String KEY = FakeGuard.TOKEN;

  static final JobIdentity JOB =
      new JobIdentity(
          "engine",
          "main",
          "best",
          null,
          "activity-think",
          1,
          2,
          3,
          "activity",
          "Task_T",
          Map.of());

  /** One for all, since a new one takes a second. */
  private static final TestDatabase DATABASE = TestDatabase.fresh().pooled();

  final TestDatabase database = DATABASE;
  final SettableClock clock = new SettableClock("2026-11-21T08:00:00Z");
  final JobRuns runs = new JobRuns(database, clock, JSON);

  ModelFixture() {
    database.jdbc().sql("truncate effect, model_call, model_dialect").update();
  }

  /** An answer as a feature would ask for it. */
  record Note(String title, int minutes, Mood mood, @Nullable String remark, List<String> tags) {
    Note {
      tags = List.copyOf(tags);
      if (minutes < 0) {
        throw new IllegalArgumentException("minutes must not be negative but are " + minutes);
      }
    }
  }

  enum Mood {
    CALM,
    KEEN
  }

  static final String NOTE =
      "{\"title\":\"Tides\",\"minutes\":5,\"mood\":\"KEEN\",\"remark\":null,\"tags\":[\"a\"]}";

  Models asking(StubEndpoint endpoint) {
    return asking(endpoint, Duration.ofSeconds(20));
  }

  Models asking(StubEndpoint endpoint, Duration timeout) {
    return asking(timeout, endpoint);
  }

  /** All in the wire format of OpenAI, in this order. */
  Models asking(Duration timeout, StubEndpoint... endpoints) {
    return asking(Kind.OPENAI, timeout, endpoints);
  }

  Models asking(Kind kind, Duration timeout, StubEndpoint... endpoints) {
    return models(
        Map.of(
            ModelClass.BEST, Stream.of(endpoints).map(each -> entry(kind, timeout, each)).toList()),
        endpoints[0].guard());
  }

  static ModelsFile.Entry entry(Kind kind, Duration timeout, StubEndpoint endpoint) {
    return new ModelsFile.Entry(
        endpoint.name(),
        kind,
        "stub-model",
        endpoint.baseUrl(),
        timeout,
        4096,
        Duration.ZERO,
        true);
  }

  /** As the body connects them from the models file. */
  Models models(Map<ModelClass, List<ModelsFile.Entry>> classes, FakeGuard guard) {
    Map<String, String> settings =
        Map.of("kodo.guard.address", guard.address(), "kodo.guard.token", KEY);
    KodoProperties properties = TestProperties.in(Path.of("unused"), settings);
    ModelFacts facts = new ModelFacts(properties, clock);
    return models(
        new Connection(properties, JSON, clock, dialects(facts), facts).providers(classes), facts);
  }

  /** An address at which no guard may be; the constitution comes from the one that is given. */
  Models asking(String baseUrl, FakeGuard guard) {
    Duration timeout = Duration.ofSeconds(10);
    return models(
        new GuardedModel(
            new ModelDescription("stub", "stub-model", false, baseUrl),
            new ChatEndpoint(
                new EndpointSettings(
                    new Target(baseUrl, KEY, timeout, 1024), "stub-model", 4096, true),
                new OpenAiWire()),
            new Constitution(
                new ConstitutionEndpoint(new Target(guard.address(), KEY, timeout, 1024))),
            new Verdicts(clock),
            dialects(noFacts()),
            noFacts(),
            null));
  }

  Models rehearsing(@Nullable Path script) {
    return models(new RehearsalModel(Script.of(script), JSON));
  }

  private Models models(LanguageModel model) {
    return models(
        new Providers(
            Map.of(
                ModelClass.BEST,
                List.of(new Provider(model, new Breaker(model.describe().name(), clock))))),
        noFacts());
  }

  private Models models(Providers providers, ModelFacts facts) {
    return new Models(providers, new ModelCalls(database.jdbc(), clock), dialects(facts), clock);
  }

  ModelFacts noFacts() {
    return new ModelFacts(TestProperties.in(Path.of("unused"), Map.of()), clock);
  }

  Dialects dialects(ModelFacts facts) {
    return new Dialects(database.jdbc(), facts, clock);
  }

  JobRun job() {
    return runs.first("activity-think");
  }

  /** As if the body had died during this call of the job. */
  void startedAndDied(JobRun job, String step) {
    database
        .jdbc()
        .sql(
            """
            insert into effect (engine_id, element_instance_key, step, agent_id, state, owner, lease_until, started_at)
            values (:engine, :element, :step, 'main', 'started', gen_random_uuid(), now(), now())
            """)
        .param("engine", job.effectKey(step).engineId())
        .param("element", job.effectKey(step).elementInstanceKey())
        .param("step", step)
        .update();
  }

  static Question<Note> question(String theme) {
    return new Question<>(
        contract(Purpose.THINK, Note.class),
        HEARTBEAT,
        "Write a note.",
        List.of(new Section("Theme", theme)));
  }

  static <A extends Record> Contract<A> contract(Purpose purpose, Class<A> type) {
    return new Contract<>(purpose, type, 4096, 1, Contract.Otherwise.FAIL);
  }

  /** State by step of all recorded calls. */
  Map<String, String> states() {
    return database
        .jdbc()
        .sql("select call_id, state from model_call order by call_id")
        .query(
            (row, number) ->
                Map.entry(row.getString(1).replaceFirst("[^:]*:[^:]*:", ""), row.getString(2)))
        .list()
        .stream()
        .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
