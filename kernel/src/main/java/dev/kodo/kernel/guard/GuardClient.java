package dev.kodo.kernel.guard;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kodo.kernel.http.HttpAnswer;
import dev.kodo.kernel.http.HttpCall;
import java.io.IOException;
import java.time.Duration;

/** Asks the guard of a running kernel. Light enough for the shortest commands. */
public final class GuardClient {
  /** The name of the secret that callers of the guard must know. */
  public static final String TOKEN = "guard-token";

  private final int port;
  private final String token;
  private final Duration timeout;

  public GuardClient(int port, String token, Duration timeout) {
    this.port = port;
    this.token = token;
    this.timeout = timeout;
  }

  /** The report of {@code GET /budget}; the query may be empty. Throws when there is none. */
  public JsonNode budget(String query) throws IOException {
    return get("/budget" + (query.isEmpty() ? "" : "?" + query));
  }

  /** The report of {@code GET /models}: what is known of each. Throws when there is none. */
  public JsonNode models() throws IOException {
    return get("/models");
  }

  private JsonNode get(String target) throws IOException {
    HttpAnswer answer =
        HttpCall.get("http://127.0.0.1:" + port + target)
            .header("Authorization", "Bearer " + token)
            .timeout(timeout)
            .send();
    if (!answer.isOk()) {
      throw new IOException("the guard answered " + answer.status() + ": " + answer.excerpt());
    }
    return answer.json();
  }
}
