package dev.kodo.guard;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kodo.config.KodoProperties;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** Asks the guard once, as the body that it knows by its token. Safe for use by many threads. */
public final class GuardClient {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int LARGEST_ANSWER = 1024 * 1024;

  private final KodoProperties.Guard guard;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(PATIENCE)
          .build();

  public GuardClient(KodoProperties.Guard guard) {
    this.guard = guard;
  }

  /**
   * What the guard answered, whatever it means.
   *
   * @param body cut off after one MB
   */
  public record Answer(int status, String body) {
    public boolean isOk() {
      return status == 200;
    }

    /** A sentence for a person about an answer that was not expected. */
    public String told() {
      return "The guard answered with HTTP status " + status + ".";
    }
  }

  /** Reads what is at this path. */
  public Answer get(String path) throws GuardAway {
    return send(request(path));
  }

  /** Sends a JSON text to this path, on behalf of whom the headers name. */
  public Answer post(String path, Map<String, String> headers, String json) throws GuardAway {
    HttpRequest.Builder request = request(path).header("Content-Type", "application/json");
    headers.forEach(request::header);
    return send(request.POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(guard.address() + path))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + guard.token());
  }

  private Answer send(HttpRequest.Builder request) throws GuardAway {
    try {
      HttpResponse<InputStream> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = answer.body()) {
        return new Answer(answer.statusCode(), new String(body.readNBytes(LARGEST_ANSWER), UTF_8));
      }
    } catch (IOException gone) {
      throw new GuardAway("The guard did not answer: " + gone, gone);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new GuardAway("The question to the guard was interrupted.", interrupted);
    }
  }
}
