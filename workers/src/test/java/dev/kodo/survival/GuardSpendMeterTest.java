package dev.kodo.survival;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.kodo.config.KodoProperties;
import dev.kodo.guard.GuardClient;
import dev.kodo.kernel.Samples;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardSpendMeterTest {
  /** The guard's own tests write the same one. */
  private static final String REPORT = Samples.text("budget.json");

  @RegisterExtension
  static final WireMockExtension GUARD =
      WireMockExtension.newInstance().options(options().dynamicPort()).build();

  @Test
  void takesTheShareOfTheAgent() {
    answer(okJson(REPORT));

    assertThat(measure("main"))
        .isEqualTo(
            new Measurement.Measured(
                new Spending(
                    new BigDecimal("0.35"),
                    new BigDecimal("1.4"),
                    new BigDecimal("4"),
                    "agent",
                    new BigDecimal("2.499999999"),
                    new BigDecimal("0.25"),
                    "2026-11-21",
                    "2026-11-21T15:00:00Z")));
    GUARD.verify(
        getRequestedFor(urlEqualTo("/budget"))
            .withHeader("Authorization", equalTo("Bearer secret")));
  }

  @Test
  void takesTheShareOfTheDayForAnAgentThatSpentNothing() {
    answer(okJson(REPORT));

    assertThat(measured("second").share()).isEqualByComparingTo("0.3");
    assertThat(measured("second").capOf()).isEqualTo("day");
  }

  @Test
  void namesTheCapThatBinds() {
    answer(okJson(REPORT.replace("\"spent\":{\"day\":\"1.5\"", "\"spent\":{\"day\":\"4.5\"")));

    assertThat(measured("main").capOf()).isEqualTo("day");
    assertThat(measured("main").cap()).isEqualByComparingTo("5");
  }

  @Test
  void takesACapOfNothingAsUsedUp() {
    answer(okJson(REPORT.replace("\"per-day\":\"5\"", "\"per-day\":\"0\"")));

    assertThat(measured("second").share()).isEqualByComparingTo("1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no json",
        "[]",
        "{}",
        "{\"day\":\"2026-11-21\",\"dayEndsAt\":\"2026-11-21T15:00:00Z\",\"spent\":{\"day\":\"-1\"},\"caps\":{\"per-day\":\"5\"},\"agents\":[]}",
        "{\"day\":\"2026-11-21\",\"dayEndsAt\":\"2026-11-21T15:00:00Z\",\"spent\":{\"day\":\"NaN\"},\"caps\":{\"per-day\":\"5\"},\"agents\":[]}",
        "{\"day\":\"today\",\"dayEndsAt\":\"2026-11-21T15:00:00Z\",\"spent\":{\"day\":\"1\"},\"caps\":{\"per-day\":\"5\"},\"agents\":[]}",
        "{\"day\":\"2026-11-21\",\"spent\":{\"day\":\"1\"},\"caps\":{\"per-day\":\"5\"},\"agents\":[]}"
      })
  void knowsNothingFromAReportThatItCannotRead(String report) {
    answer(okJson(report));

    assertThat(measure("main")).isInstanceOf(Measurement.Unknown.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 404, 500, 302})
  void knowsNothingFromAnotherStatus(int status) {
    answer(aResponse().withStatus(status).withHeader("Location", "/elsewhere").withBody(REPORT));

    assertThat(measure("main"))
        .isEqualTo(new Measurement.Unknown("The guard answered with HTTP status " + status + "."));
  }

  @Test
  void knowsNothingWhenTheGuardIsGone() {
    answer(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

    assertThat(measure("main")).isInstanceOf(Measurement.Unknown.class);
  }

  private static void answer(ResponseDefinitionBuilder answer) {
    GUARD.stubFor(get("/budget").willReturn(answer));
  }

  private static Spending measured(String agentId) {
    return ((Measurement.Measured) measure(agentId)).spending();
  }

  private static Measurement measure(String agentId) {
    return new GuardSpendMeter(
            new GuardClient(new KodoProperties.Guard(GUARD.baseUrl(), "secret")),
            new ObjectMapper())
        .measure(agentId);
  }
}
