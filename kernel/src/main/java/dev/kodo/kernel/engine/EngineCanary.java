package dev.kodo.kernel.engine;

import dev.kodo.kernel.http.HttpAnswer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Asks the engine to run a process from its start to its end. The engine's own readiness answers
 * long before commands are accepted after a crash; this does not.
 */
public final class EngineCanary {
  static final String PROCESS = "kodo-canary";

  private final EngineRest rest;

  public EngineCanary(EngineRest rest) {
    this.rest = rest;
  }

  /** Returns when an instance was completed; deploys the process where it is unknown. */
  public void check() throws IOException {
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
