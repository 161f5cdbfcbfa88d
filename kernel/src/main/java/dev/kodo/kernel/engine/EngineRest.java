package dev.kodo.kernel.engine;

import dev.kodo.kernel.http.HttpAnswer;
import dev.kodo.kernel.http.HttpCall;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The engine's REST interface. With the web applications it wants a session, and in each call the
 * token that came with it; a session that ended is replaced by a new one.
 */
public final class EngineRest {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final String TOKEN = "X-CSRF-TOKEN";

  private final String address;
  private final Optional<EngineLogin> login;
  private Optional<Session> session = Optional.empty();

  private record Session(String cookies, String token) {}

  private EngineRest(String address, Optional<EngineLogin> login) {
    this.address = address;
    this.login = login;
  }

  /**
   * The interface at this address.
   *
   * @param address without a slash at the end
   * @param login empty where the interface is open
   */
  public static EngineRest of(String address, Optional<EngineLogin> login) {
    return new EngineRest(address, login);
  }

  /** Whether people watch this engine in the web applications. */
  boolean isWatched() {
    return login.isPresent();
  }

  HttpAnswer post(String path, String json) throws IOException {
    return post(path, "application/json", json.getBytes(StandardCharsets.UTF_8));
  }

  /** A refused call had no effect, so it is repeated once with a new session. */
  synchronized HttpAnswer post(String path, String type, byte[] body) throws IOException {
    boolean fresh = login.isPresent() && session.isEmpty();
    if (fresh) {
      logIn();
    }
    HttpAnswer answer = send(path, type, body);
    if (login.isPresent() && !fresh && isRefusal(answer)) {
      logIn();
      answer = send(path, type, body);
    }
    return answer;
  }

  private HttpAnswer send(String path, String type, byte[] body) throws IOException {
    HttpCall call = HttpCall.post(address + path, type, body).timeout(TIMEOUT);
    session.ifPresent(known -> call.header("Cookie", known.cookies()).header(TOKEN, known.token()));
    return call.send();
  }

  private static boolean isRefusal(HttpAnswer answer) {
    return answer.status() == 401 || answer.status() == 403;
  }

  private void logIn() throws IOException {
    EngineLogin known = login.orElseThrow();
    String form = "username=" + encoded(known.user()) + "&password=" + encoded(known.password());
    HttpAnswer answer =
        HttpCall.post(
                address + "/api/login",
                "application/x-www-form-urlencoded",
                form.getBytes(StandardCharsets.UTF_8))
            .timeout(TIMEOUT)
            .send();
    if (!answer.isOk() || answer.header(TOKEN).isEmpty()) {
      throw new IOException(
          "Expected the engine to log the user "
              + known.user()
              + " in, but it answered "
              + answer.status()
              + ": "
              + answer.excerpt());
    }
    String cookies =
        answer.header("Set-Cookie").stream()
            .map(cookie -> cookie.split(";", 2)[0])
            .collect(Collectors.joining("; "));
    session = Optional.of(new Session(cookies, answer.header(TOKEN).getFirst()));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
