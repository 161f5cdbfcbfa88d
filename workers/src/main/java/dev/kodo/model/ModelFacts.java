package dev.kodo.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kodo.config.KodoProperties;
import dev.kodo.model.http.GuardInquiry;
import dev.kodo.model.http.Target;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What the guard knows of the models, as the body last read it. The guard alone has their addresses
 * and keys, so it alone asks them.
 */
@Component
public class ModelFacts {
  private static final Duration FRESH_FOR = Duration.ofSeconds(60);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final int LARGEST = 1024 * 1024;
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private final @Nullable GuardInquiry guard;
  private final Clock clock;
  private volatile Known known = new Known(List.of(), Instant.MIN);

  ModelFacts(KodoProperties properties, Clock clock) {
    KodoProperties.@Nullable Guard at = properties.guard();
    this.guard =
        at == null
            ? null
            : new GuardInquiry(new Target(at.address(), at.token(), TIMEOUT, LARGEST));
    this.clock = clock;
  }

  private record Known(List<Facts> models, Instant until) {}

  /** Empty where the guard knows nothing of the model, or cannot be asked. */
  public Optional<Facts> of(String provider, String model) {
    return all().stream()
        .filter(facts -> facts.provider().equals(provider) && facts.model().equals(model))
        .findFirst();
  }

  /**
   * How many tokens the model's server makes of each text; the guard estimates where the server
   * does not count. Empty when the guard cannot say.
   */
  public Optional<List<Integer>> count(String provider, String model, List<String> texts) {
    return guard == null
        ? Optional.empty()
        : guard
            .post("/models/" + provider + "/count", write(Map.of("model", model, "texts", texts)))
            .map(ModelFacts::counts)
            .filter(counts -> counts.size() == texts.size());
  }

  /** Each answer teaches the guard something: it is asked anew at the next occasion. */
  void answered() {
    known = new Known(known.models(), Instant.MIN);
  }

  private List<Facts> all() {
    Known read = known;
    if (guard == null || clock.instant().isBefore(read.until())) {
      return read.models();
    }
    List<Facts> models = guard.get("/models").flatMap(ModelFacts::models).orElse(read.models());
    known = new Known(models, clock.instant().plus(FRESH_FOR));
    return models;
  }

  private static Optional<List<Facts>> models(String text) {
    try {
      JsonNode models = JSON.readTree(text).path("models");
      return models.isArray()
          ? Optional.of(List.of(JSON.treeToValue(models, Facts[].class)))
          : Optional.empty();
    } catch (JsonProcessingException notRead) {
      return Optional.empty();
    }
  }

  private static List<Integer> counts(String text) {
    try {
      JsonNode tokens = JSON.readTree(text).path("tokens");
      boolean sound =
          IntStream.range(0, tokens.size())
              .allMatch(i -> tokens.path(i).isInt() && tokens.path(i).intValue() >= 0);
      return sound
          ? StreamSupport.stream(tokens.spliterator(), false).map(JsonNode::intValue).toList()
          : List.of();
    } catch (JsonProcessingException notRead) {
      return List.of();
    }
  }

  private static String write(Map<String, Object> body) {
    try {
      return JSON.writeValueAsString(body);
    } catch (JsonProcessingException defect) {
      throw new IllegalStateException("Expected texts that can be written as JSON", defect);
    }
  }
}
