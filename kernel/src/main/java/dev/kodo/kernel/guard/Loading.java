package dev.kodo.kernel.guard;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kodo.kernel.budget.Price;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Which servers may have to load their model before they answer. Thread-safe. */
final class Loading {
  /** Servers that unload an idle model do so after five minutes and more. */
  private static final Duration REST = Duration.ofMinutes(4);

  private static final int UNAVAILABLE = 503;
  private static final Pattern LOADS = Pattern.compile("\\bloading\\b", Pattern.CASE_INSENSITIVE);

  private final Clock clock;
  private final Map<ModelName, Instant> used = new ConcurrentHashMap<>();

  Loading(Clock clock) {
    this.clock = clock;
  }

  /** Whether the model of this call has rested so long that its own server may have let it go. */
  boolean isLikely(Admitted call) {
    Instant last = used.get(name(call));
    return call.tariff().price().filter(Price::isFree).isPresent()
        && (last == null || !clock.instant().isBefore(last.plus(REST)));
  }

  /** The model of this call has answered. */
  void used(Admitted call) {
    used.put(name(call), clock.instant());
  }

  private static ModelName name(Admitted call) {
    return new ModelName(call.provider().name(), call.inspection().model());
  }

  /** Whether a server says by this answer that it loads, and that nothing was worked on. */
  static boolean isSaid(Outcome outcome) {
    return outcome instanceof Outcome.Answered answer
        && answer.status() == UNAVAILABLE
        && answer.usage().output() == null
        && LOADS.matcher(message(answer.body().bytes())).find();
  }

  private static String message(byte[] body) {
    try {
      JsonNode error = StrictJson.answer(new String(body, StandardCharsets.UTF_8)).path("error");
      return error.isTextual() ? error.textValue() : error.path("message").asText();
    } catch (IOException noJson) {
      return "";
    }
  }
}
