package dev.kodo.kernel.workers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.kodo.kernel.home.Json;
import dev.kodo.kernel.http.HttpAnswer;
import dev.kodo.kernel.http.HttpCall;
import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import java.io.IOException;
import java.time.Duration;

/** The HTTP interface of the workers. */
public final class WorkersApi {
  private final String base;
  private final String token;
  private final Duration timeout;

  public WorkersApi(int port, String token, Duration timeout) {
    this.base = "http://127.0.0.1:" + port + "/api";
    this.token = token;
    this.timeout = timeout;
  }

  /** Returns when the workers say that they are ready. */
  public void requireReady() throws IOException {
    HttpAnswer answer = HttpCall.get(base + "/health").timeout(timeout).send();
    if (!answer.isOk() || !answer.json().path("state").asText().equals("ready")) {
      throw new IOException(
          "Expected the workers to be ready, but they answered "
              + answer.status()
              + ": "
              + answer.excerpt());
    }
  }

  public JsonNode get(String path) {
    return send(HttpCall.get(base + path));
  }

  public JsonNode post(String path, JsonNode body) {
    return send(HttpCall.post(base + path, Json.print(body)));
  }

  private JsonNode send(HttpCall call) {
    HttpAnswer answer;
    try {
      answer = call.header("Authorization", "Bearer " + token).timeout(timeout).send();
    } catch (IOException e) {
      throw new Problem(
          ProblemCode.WORKERS_UNREACHABLE,
          "Expected the workers to answer at " + base + ", but: " + e.getMessage() + ".",
          ProblemCode.WORKERS_UNREACHABLE.next(),
          e);
    }
    JsonNode json = json(answer);
    if (!answer.isOk() || !json.isContainerNode()) {
      throw refused(answer, json);
    }
    return json;
  }

  /** Missing for what is no JSON: that never comes from the workers, whatever its status is. */
  private static JsonNode json(HttpAnswer answer) {
    try {
      return answer.json();
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  private static Problem refused(HttpAnswer answer, JsonNode json) {
    if (json.path("message").asText().isEmpty()) {
      return new Problem(
          ProblemCode.WORKERS_REFUSED,
          "Expected the workers to do it, but they answered "
              + answer.status()
              + ": "
              + answer.excerpt(),
          "Look at `kodo logs workers`.");
    }
    return new Problem(
        ProblemCode.WORKERS_REFUSED,
        json.path("message").asText() + " (" + json.path("code").asText() + ")",
        json.path("next").asText("Look at `kodo logs workers`."));
  }
}
