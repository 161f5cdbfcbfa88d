package dev.kodo.kernel.engine;

import dev.kodo.kernel.http.HttpAnswer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Asks the engine for real work. The engine's own readiness answers long before commands are
 * accepted after a crash; this does not.
 *
 * <p>The engine alone runs a process from its start to its end. Where people watch in Operate, that
 * would bury theirs under thousands of canaries a day: there the engine takes a message that nobody
 * waits for, which goes the same way through its log and leaves nothing.
 */
public final class EngineCanary {
  static final String PROCESS = "kodo-canary";

  private final EngineRest rest;

  /** A canary for the engine behind this interface. */
  public EngineCanary(EngineRest rest) {
    this.rest = rest;
  }

  /** Returns when the engine did the work; deploys the process where it is needed and unknown. */
  public void check() throws IOException {
    if (rest.isWatched()) {
      String message =
          "{\"name\":\"" + PROCESS + "\",\"correlationKey\":\"canary\",\"timeToLive\":0}";
      require(rest.post("/v2/messages/publication", message), "take the message " + PROCESS);
      return;
    }
    HttpAnswer answer = run();
    if (answer.status() == 404 && answer.text().contains(PROCESS)) {
      deploy();
      answer = run();
    }
    require(answer, "run " + PROCESS);
  }

  private HttpAnswer run() throws IOException {
    String command = "{\"processDefinitionId\":\"" + PROCESS + "\",\"awaitCompletion\":true}";
    return rest.post("/v2/process-instances", command);
  }

  private void deploy() throws IOException {
    String boundary = "kodo-canary-boundary";
    String head =
        "--"
            + boundary
            + "\r\nContent-Disposition: form-data; name=\"resources\"; filename=\"kodo-canary.bpmn\""
            + "\r\nContent-Type: application/octet-stream\r\n\r\n";
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.write(head.getBytes(StandardCharsets.UTF_8));
    body.write(diagram());
    body.write(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
    String type = "multipart/form-data; boundary=" + boundary;
    require(rest.post("/v2/deployments", type, body.toByteArray()), "deploy " + PROCESS);
  }

  private static byte[] diagram() throws IOException {
    try (InputStream stream = EngineCanary.class.getResourceAsStream("kodo-canary.bpmn")) {
      return java.util.Objects.requireNonNull(stream).readAllBytes();
    }
  }

  private static void require(HttpAnswer answer, String what) throws IOException {
    if (!answer.isOk()) {
      throw new IOException(
          "Expected the engine to "
              + what
              + ", but it answered "
              + answer.status()
              + ": "
              + answer.excerpt());
    }
  }
}
