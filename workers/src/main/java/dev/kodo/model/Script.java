package dev.kodo.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Prepared answers for the rehearsal, used up in order for each purpose. A call gets one step for
 * good: every later try under the same key gets the same step again, so retries do not disturb the
 * order. The script begins anew when the body starts.
 */
final class Script {
  private static final Set<String> KEYS = Set.of("purpose", "answer", "text", "fail", "repeat");
  private static final int MOST_REPEATS = 10_000;

  private final Map<Purpose, Deque<Step>> left = new EnumMap<>(Purpose.class);
  private final Map<String, Step> taken = new HashMap<>();

  private Script(List<Entry> entries) {
    for (Entry entry : entries) {
      left.computeIfAbsent(entry.purpose(), purpose -> new ArrayDeque<>()).add(entry.step());
    }
  }

  /** What one call is answered. */
  sealed interface Step {
    record Say(String text) implements Step {}

    /** As if the endpoint had refused the call. */
    record Refuse() implements Step {}

    /** As if the endpoint had not answered in time: the outcome is unknown. */
    record TimeOut() implements Step {}
  }

  private record Entry(Purpose purpose, Step step) {}

  /**
   * @param file null or an empty path for no script
   * @throws IllegalStateException when the file cannot be read or does not fit the format
   */
  static Script of(@Nullable Path file) {
    if (file == null || file.toString().isBlank()) {
      return new Script(List.of());
    }
    try {
      return parse(file, Files.readString(file));
    } catch (JsonProcessingException malformed) {
      throw wrong(file, "it is not YAML (" + malformed.getOriginalMessage() + ")");
    } catch (IOException unreadable) {
      throw new IllegalStateException(
          "The script %s cannot be read (%s). Correct model.script, or remove it."
              .formatted(file, unreadable),
          unreadable);
    }
  }

  synchronized Optional<Step> next(Purpose purpose, String callKey) {
    Step known = taken.get(callKey);
    if (known != null) {
      return Optional.of(known);
    }
    Deque<Step> steps = left.get(purpose);
    Optional<Step> step = Optional.ofNullable(steps == null ? null : steps.poll());
    step.ifPresent(used -> taken.put(callKey, used));
    return step;
  }

  private static Script parse(Path file, String text) throws JsonProcessingException {
    @Nullable JsonNode steps = new YAMLMapper().readTree(text);
    if (steps == null || !steps.isArray()) {
      throw wrong(file, "it is not a list of steps");
    }
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      JsonNode step = steps.get(i);
      String where = "step " + (i + 1) + " ";
      check(file, where, step);
      Entry entry = new Entry(purpose(file, where, step), step(file, where, step));
      for (int n = 0; n < repeat(file, where, step); n++) {
        entries.add(entry);
      }
    }
    return new Script(entries);
  }

  private static void check(Path file, String where, JsonNode step) {
    if (!step.isObject()) {
      throw wrong(file, where + "is not a map");
    }
    step.fieldNames()
        .forEachRemaining(
            key -> {
              if (!KEYS.contains(key)) {
                throw wrong(file, where + "has the unknown key '" + key + "'");
              }
            });
  }

  private static Purpose purpose(Path file, String where, JsonNode step) {
    String id = step.path("purpose").asText();
    for (Purpose purpose : Purpose.values()) {
      if (purpose.id().equals(id)) {
        return purpose;
      }
    }
    throw wrong(file, where + "has the unknown purpose '" + id + "'");
  }

  private static Step step(Path file, String where, JsonNode step) {
    if (step.has("answer") && !step.has("text") && !step.has("fail")) {
      return new Step.Say(step.get("answer").toString());
    }
    if (step.has("text") && !step.has("answer") && !step.has("fail")) {
      return new Step.Say(step.get("text").asText());
    }
    if (step.has("fail") && !step.has("answer") && !step.has("text")) {
      return switch (step.get("fail").asText()) {
        case "refused" -> new Step.Refuse();
        case "time-out" -> new Step.TimeOut();
        default -> throw wrong(file, where + "fails neither 'refused' nor 'time-out'");
      };
    }
    throw wrong(file, where + "needs exactly one of 'answer', 'text' and 'fail'");
  }

  private static int repeat(Path file, String where, JsonNode step) {
    JsonNode repeat = step.path("repeat");
    if (repeat.isMissingNode()) {
      return 1;
    }
    if (!repeat.isInt() || repeat.asInt() < 1 || repeat.asInt() > MOST_REPEATS) {
      throw wrong(file, where + "needs a 'repeat' from 1 to " + MOST_REPEATS);
    }
    return repeat.asInt();
  }

  private static IllegalStateException wrong(Path file, String what) {
    return new IllegalStateException(
        "The script %s cannot be used: %s. Its format is in docs/models.md.".formatted(file, what));
  }
}
