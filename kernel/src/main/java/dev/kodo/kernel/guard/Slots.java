package dev.kodo.kernel.guard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.kodo.kernel.budget.Price;
import dev.kodo.kernel.guard.http.Connections;
import dev.kodo.kernel.guard.http.Headers;
import dev.kodo.kernel.guard.http.Upstream;
import dev.kodo.kernel.guard.http.Watchdog;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks at {@code /slots} of a llama.cpp server, where a call that comes while all are in use would
 * wait unseen behind what another client asked for. Thread-safe.
 */
final class Slots {
  private static final Duration LONGEST = Duration.ofMillis(500);
  private static final long LOOK_AGAIN = Duration.ofMinutes(1).toNanos();

  /** Each slot tells its settings, and in some versions its prompt. */
  private static final int LARGEST = 1 << 20;

  private final Watchdog watchdog;
  private final Connections connections;
  private final Set<URI> having = ConcurrentHashMap.newKeySet();
  private final Map<URI, Long> without = new ConcurrentHashMap<>();

  Slots(Watchdog watchdog, Connections connections) {
    this.watchdog = watchdog;
    this.connections = connections;
  }

  /**
   * Whether the server says that all its slots are in use; a call to any other is sent. Others than
   * servers of the owner's are not asked.
   */
  boolean areBusy(Admitted call, URI base, Leash leash) {
    if (!isOwn(call, base) || (!having.contains(base) && isKnownToHaveNone(base))) {
      return false;
    }
    JsonNode slots = look(call.provider(), base, leash);
    if (isList(slots)) {
      having.add(base);
      without.remove(base);
    } else if (!having.contains(base)) {
      without.put(base, System.nanoTime());
    }
    return isList(slots) && allBusy(slots);
  }

  private static boolean isOwn(Admitted call, URI base) {
    Provider.Kind kind = call.provider().kind();
    return (kind == Provider.Kind.OPENAI || kind == Provider.Kind.ANTHROPIC)
        && (Provider.isLoopback(String.valueOf(base.getHost()))
            || call.tariff().price().filter(Price::isFree).isPresent());
  }

  private boolean isKnownToHaveNone(URI base) {
    Long since = without.get(base);
    return since != null && System.nanoTime() - since < LOOK_AGAIN;
  }

  private static boolean isList(JsonNode slots) {
    if (!slots.isArray() || slots.isEmpty()) {
      return false;
    }
    for (JsonNode slot : slots) {
      if (!slot.path("is_processing").isBoolean()) {
        return false;
      }
    }
    return true;
  }

  private static boolean allBusy(JsonNode slots) {
    for (JsonNode slot : slots) {
      if (!slot.path("is_processing").booleanValue()) {
        return false;
      }
    }
    return true;
  }

  /** A missing node for whatever is no answer in time. */
  private JsonNode look(Provider provider, URI base, Leash leash) {
    try (Upstream upstream = new Upstream(base, connections);
        Watchdog.Limit limit = watchdog.limit(LONGEST, upstream::expire)) {
      leash.cutBy(upstream::cut);
      upstream.connect(watchdog);
      Headers headers = new Headers().add("User-Agent", "kodo").add("Connection", "close");
      provider.key().addTo(headers, provider.kind());
      upstream.get(path(base), headers);
      Upstream.Answer answer = upstream.answer();
      byte[] body = answer.body().readNBytes(LARGEST);
      upstream.cut();
      return answer.status() == 200
          ? StrictJson.answer(new String(body, StandardCharsets.UTF_8))
          : MissingNode.getInstance();
    } catch (IOException | RuntimeException unknown) {
      return MissingNode.getInstance();
    }
  }

  /** Beside the versioned part of the address, not below it. */
  private static String path(URI base) {
    String path = base.getRawPath();
    return (path.endsWith("/v1") ? path.substring(0, path.length() - "/v1".length()) : path)
        + "/slots";
  }
}
