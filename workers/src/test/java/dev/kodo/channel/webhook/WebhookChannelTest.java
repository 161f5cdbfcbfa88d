package dev.kodo.channel.webhook;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.kodo.channel.Delivery;
import dev.kodo.channel.SentNotices;
import dev.kodo.config.KodoProperties;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class WebhookChannelTest {
  @RegisterExtension
  static final WireMockExtension OWNER =
      WireMockExtension.newInstance().options(options().dynamicPort()).build();

  @Test
  void postsTheNoticeAsJson() {
    assertThat(sent(ok("{\"do\":\"this\"}"))).isEqualTo(new Delivery.Delivered());

    OWNER.verify(
        postRequestedFor(urlEqualTo("/hook?key=secret"))
            .withHeader("Content-Type", equalTo("application/json"))
            .withHeader("Idempotency-Key", equalTo("sos-main-4"))
            .withRequestBody(
                equalToJson(
                    """
                    {"id":"sos-main-4","agentId":"main","kind":"sos","subject":"Kodo: agent main is critical",
                     "text":"86 % of today's budget is spent.\\n\\nkodo panic","at":"2026-01-31T09:30:00Z"}
                    """)));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 307, 400, 404, 410})
  void takesARefusalOrARedirectForGood(int status) {
    assertThat(sent(aResponse().withStatus(status).withHeader("Location", "/elsewhere")))
        .isEqualTo(new Delivery.Refused("The webhook answered with HTTP status " + status + "."));
    OWNER.verify(0, postRequestedFor(urlEqualTo("/elsewhere")));
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 503})
  void triesAgainWhenTheTroubleMayPass(int status) {
    assertThat(sent(aResponse().withStatus(status))).isInstanceOf(Delivery.TryAgain.class);
  }

  @Test
  void doesNotWaitForEver() {
    assertThat(sent(ok().withFixedDelay(6_000)))
        .isInstanceOfSatisfying(
            Delivery.TryAgain.class,
            failed -> assertThat(failed.reason()).doesNotContain("secret"));
  }

  @Test
  void triesAgainWhenNobodyListens() {
    assertThat(channel("http://127.0.0.1:1/hook").send(SentNotices.sos()))
        .isInstanceOf(Delivery.TryAgain.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://owner/secret", "not an address/secret", "http:/secret"})
  void refusesAnAddressAtStartWithoutShowingIt(String url) {
    assertThatThrownBy(() -> channel(url))
        .hasMessageContaining("channel.webhook.url")
        .hasMessageNotContaining("secret");
  }

  private static Delivery sent(ResponseDefinitionBuilder answer) {
    OWNER.stubFor(post("/hook?key=secret").willReturn(answer));
    return channel(OWNER.url("/hook?key=secret")).send(SentNotices.sos());
  }

  private static WebhookChannel channel(String url) {
    return new WebhookChannel(
        new KodoProperties.Webhook(url, Duration.ofSeconds(3)), new ObjectMapper());
  }
}
