package dev.kodo.survival;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kodo.config.KodoProperties;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks the kernel's guard, {@code GET /budget}. */
final class GuardSpendMeter implements SpendMeter {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int LARGEST_REPORT = 1024 * 1024;

  private final HttpRequest request;
  private final ObjectMapper json;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(PATIENCE)
          .build();

  GuardSpendMeter(KodoProperties.Guard guard, ObjectMapper json) {
    this.request =
        HttpRequest.newBuilder(URI.create(guard.address() + "/budget"))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + guard.token())
            .build();
    this.json = json;
  }

  @Override
  public Measurement measure(String agentId) {
    try {
      HttpResponse<InputStream> answer =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = answer.body()) {
        if (answer.statusCode() != 200) {
          return new Measurement.Unknown(
              "The guard answered with HTTP status " + answer.statusCode() + ".");
        }
        byte[] report = body.readNBytes(LARGEST_REPORT);
        return new Measurement.Measured(BudgetReport.read(json.readTree(report), agentId));
      }
    } catch (BudgetReport.Unreadable unreadable) {
      return new Measurement.Unknown(
          "The guard's report on the budget cannot be read: " + unreadable.getMessage());
    } catch (IOException gone) {
      return new Measurement.Unknown("The guard did not answer: " + gone);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return new Measurement.Unknown("The question to the guard was interrupted.");
    }
  }
}
