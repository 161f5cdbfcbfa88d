package dev.kodo.channel.line;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.kodo.channel.Delivery;
import dev.kodo.channel.SentNotices;
import dev.kodo.config.KodoProperties;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineChannelTest {
  private static final String PUSH = "/v2/bot/message/push";

  @RegisterExtension
  static final WireMockExtension LINE =
      WireMockExtension.newInstance().options(options().dynamicPort()).build();

  @Test
  void pushesTheNoticeToTheOwner() {
    assertThat(sent(taken())).isEqualTo(new Delivery.Delivered());

    LINE.verify(
        postRequestedFor(urlEqualTo(PUSH))
            .withHeader("Authorization", equalTo("Bearer line-token"))
            .withRequestBody(matchingJsonPath("$.to", equalTo("U123")))
            .withRequestBody(
                matchingJsonPath(
                    "$.messages[0].text",
                    equalTo(
                        "Kodo: agent main is critical\n\n86 % of today's budget is spent.\n\nkodo panic"))));
  }

  @Test
  void carriesTheSameRetryKeyInEveryAttempt() {
    sent(aResponse().withStatus(500));
    sent(taken());

    List<LoggedRequest> requests = LINE.findAll(postRequestedFor(urlEqualTo(PUSH)));
    assertThat(requests).hasSize(2);
    assertThat(requests.stream().map(request -> request.getHeader("X-Line-Retry-Key")).distinct())
        .singleElement()
        .asString()
        .matches("[0-9a-f-]{36}");
  }

  @Test
  void takesAConflictForDelivered() {
    assertThat(sent(refused(409))).isEqualTo(new Delivery.Delivered());
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403})
  void takesARefusalForGood(int status) {
    assertThat(sent(refused(status)))
        .isEqualTo(new Delivery.Refused("LINE answered with HTTP status " + status + "."));
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500})
  void triesAgainWhenTheTroubleMayPass(int status) {
    assertThat(sent(refused(status)))
        .isEqualTo(new Delivery.TryAgain("LINE answered with HTTP status " + status + "."));
  }

  @Test
  void triesAgainWhenTheConnectionBreaks() {
    assertThat(sent(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)))
        .isInstanceOf(Delivery.TryAgain.class);
  }

  private static Delivery sent(ResponseDefinitionBuilder answer) {
    LINE.stubFor(post(PUSH).willReturn(answer));
    KodoProperties.Line settings =
        new KodoProperties.Line("LINE_TOKEN", "U123", LINE.baseUrl(), Duration.ofSeconds(2));
    return new LineChannel(settings, "line-token").send(SentNotices.sos());
  }

  private static ResponseDefinitionBuilder taken() {
    return okJson("{\"sentMessages\":[{\"id\":\"1\"}]}");
  }

  private static ResponseDefinitionBuilder refused(int status) {
    return aResponse()
        .withStatus(status)
        .withHeader("Content-Type", "application/json")
        .withBody("{\"message\":\"no\"}");
  }
}
