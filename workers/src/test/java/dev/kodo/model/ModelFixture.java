package dev.kodo.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kodo.model.openai.EndpointSettings;
import dev.kodo.testing.SettableClock;
import dev.kodo.testing.TestDatabase;
import dev.kodo.worker.JobRun;
import dev.kodo.worker.JobRuns;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Models on a real database, for one test. */
final class ModelFixture {
  static final ObjectMapper JSON = new ObjectMapper();
  static final String HEARTBEAT = "20261121080000";
  static final String KEY = "sk-very-secret-0123456789";

  /** One for all, since a new one takes a second. */
  private static final TestDatabase DATABASE = TestDatabase.fresh();

  final TestDatabase database = DATABASE;
  final SettableClock clock = new SettableClock("2026-11-21T08:00:00Z");
  final JobRuns runs = new JobRuns(database, clock, JSON);

  ModelFixture() {
    database.jdbc().sql("truncate effect, model_call").update();
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
    return asking(endpoint.baseUrl(), Duration.ofSeconds(20));
  }

  Models asking(String baseUrl, Duration timeout) {
    EndpointSettings settings =
        new EndpointSettings(baseUrl, "stub-model", KEY, timeout, 4096, 1024 * 1024);
    return models(new OpenAiModel(settings, JSON));
  }

  Models rehearsing(@Nullable Path script) {
    return models(new RehearsalModel(Script.of(script), JSON));
  }

  Models models(LanguageModel model) {
    return new Models(model, new ModelCalls(database.jdbc(), clock), clock);
  }

  JobRun job() {
    return runs.first("activity-think");
  }

  static Question<Note> question(String theme) {
    return new Question<>(
        Purpose.THINK,
        HEARTBEAT,
        "Write a note.",
        List.of(new Section("Theme", theme)),
        Note.class);
  }

  /** State by step of all recorded calls. */
  Map<String, String> states() {
    return database
        .jdbc()
        .sql("select call_id, state from model_call order by call_id")
        .query(
            (row, number) -> Map.entry(row.getString(1).replaceFirst(".*:", ""), row.getString(2)))
        .list()
        .stream()
        .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
