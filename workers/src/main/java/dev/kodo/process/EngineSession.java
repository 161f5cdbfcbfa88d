package dev.kodo.process;

import dev.kodo.config.EngineLogin;
import io.camunda.client.CredentialsProvider;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The session that the engine's REST interface wants beside Operate, with the token that belongs to
 * it. A refused call is repeated with a new session: sessions end, and with them those of an engine
 * that was started again.
 */
final class EngineSession implements CredentialsProvider {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String TOKEN = "X-CSRF-TOKEN";

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final URI address;
  private final EngineLogin login;
  private @Nullable Session session;

  private record Session(String cookies, String token) {}

  EngineSession(URI address, EngineLogin login) {
    this.address = address;
    this.login = login;
  }

  @Override
  public synchronized void applyCredentials(CredentialsApplier applier) throws IOException {
    Session known = session;
    if (known == null) {
      known = logIn();
      session = known;
    }
    applier.put("Cookie", known.cookies());
    applier.put(TOKEN, known.token());
  }

  @Override
  public synchronized boolean shouldRetryRequest(StatusCode status) {
    boolean refused = status.code() == 401 || status.code() == 403;
    if (refused) {
      session = null;
    }
    return refused;
  }

  private Session logIn() throws IOException {
    String form = "username=" + encoded(login.user()) + "&password=" + encoded(login.password());
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve("/api/login"))
            .timeout(PATIENCE)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();
    HttpResponse<Void> answer = send(request);
    if (answer.statusCode() != 204 || answer.headers().firstValue(TOKEN).isEmpty()) {
      throw new IOException(
          "Expected the engine to log the user "
              + login.user()
              + " in, but it answered "
              + answer.statusCode());
    }
    String cookies =
        answer.headers().allValues("Set-Cookie").stream()
            .map(cookie -> cookie.split(";", 2)[0])
            .collect(Collectors.joining("; "));
    return new Session(cookies, answer.headers().firstValue(TOKEN).get());
  }

  private HttpResponse<Void> send(HttpRequest request) throws IOException {
    try {
      return http.send(request, HttpResponse.BodyHandlers.discarding());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the log-in was interrupted", e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
