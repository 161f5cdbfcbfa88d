package dev.kodo.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kodo.config.KodoProperties;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;

/** The guard's {@code POST /audit}. */
class GuardLog {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Answers after which the same entry may be taken later. */
  private static final Set<Integer> PASSING = Set.of(401, 408);

  private static final int TOO_MANY_ENTRIES = 429;

  private final URI address;
  private final String token;
  private final ObjectMapper json;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(PATIENCE)
          .build();

  GuardLog(KodoProperties.Guard guard, ObjectMapper json) {
    this.address = URI.create(guard.address() + "/audit");
    this.token = guard.token();
    this.json = json;
  }

  /** What became of an entry. */
  sealed interface Answer {
    /** It is on the guard's disk. */
    record Entered() implements Answer {}

    /** It will never be taken as it is. */
    record Refused(String why) implements Answer {}

    /** This agent has told enough for the moment; the others have not. */
    record Full(String why) implements Answer {}

    /** Try again later. */
    record Away(String why) implements Answer {}
  }

  Answer append(Waiting entry) {
    ObjectNode body = json.createObjectNode();
    body.put("kind", entry.kind());
    body.put("subject", entry.subject());
    body.put("outcome", entry.outcome());
    ObjectNode detail = body.putObject("detail");
    entry
        .detail()
        .properties()
        .forEach(field -> detail.put(field.getKey(), field.getValue().asText()));
    detail.put("outbox", String.valueOf(entry.number()));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .header("Kodo-Agent", entry.agentId());
    if (entry.heartbeatId() != null) {
      request.header("Kodo-Heartbeat", entry.heartbeatId());
    }
    try {
      HttpResponse<String> answer =
          client.send(
              request.POST(HttpRequest.BodyPublishers.ofString(body.toString())).build(),
              HttpResponse.BodyHandlers.ofString());
      return judge(answer.statusCode());
    } catch (IOException gone) {
      return new Answer.Away("The guard did not answer: " + gone);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return new Answer.Away("The delivery was interrupted.");
    }
  }

  private static Answer judge(int status) {
    if (status == 200) {
      return new Answer.Entered();
    }
    String why = "The guard answered with HTTP status " + status + ".";
    if (status == TOO_MANY_ENTRIES) {
      return new Answer.Full(why);
    }
    return status >= 500 || PASSING.contains(status)
        ? new Answer.Away(why)
        : new Answer.Refused(why);
  }
}
