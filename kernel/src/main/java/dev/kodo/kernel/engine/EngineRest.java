package dev.kodo.kernel.engine;

import dev.kodo.kernel.http.HttpAnswer;
import dev.kodo.kernel.http.HttpCall;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * The engine's REST interface.
 *
 * @param address without a slash at the end
 * @param token empty where the interface is open
 */
public record EngineRest(String address, Optional<String> token) {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  /** Whether people watch this engine in the web applications. */
  boolean isWatched() {
    return token.isPresent();
  }

  HttpAnswer post(String path, String json) throws IOException {
    return post(path, "application/json", json.getBytes(StandardCharsets.UTF_8));
  }

  HttpAnswer post(String path, String type, byte[] body) throws IOException {
    HttpCall call = HttpCall.post(address + path, type, body).timeout(TIMEOUT);
    token.ifPresent(known -> call.header("Authorization", "Bearer " + known));
    return call.send();
  }

  @Override
  public String toString() {
    return address;
  }
}
