package dev.kodo.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kodo.config.KodoProperties;
import dev.kodo.testing.TestProperties;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/** Which channels there are follows from the settings alone. */
class ChannelSettingsTest {
  @Configuration
  @ComponentScan(
      basePackages = {
        "dev.kodo.channel.log",
        "dev.kodo.channel.webhook",
        "dev.kodo.channel.line",
        "dev.kodo.channel.mail"
      })
  static class Leaves {}

  @Test
  void hasAlwaysTheLog() {
    withSettings(Map.of(), Map.of())
        .run(
            context ->
                assertThat(ids(context.getBeansOfType(Channel.class))).containsExactly("log"));
  }

  @Test
  void hasWhatIsConfigured() {
    withSettings(
            Map.of(
                "kodo.channel.webhook.url", "http://127.0.0.1:1/hook",
                "kodo.channel.line.token-env", "LINE_TOKEN",
                "kodo.channel.line.to", "U123",
                "kodo.channel.mail.host", "127.0.0.1",
                "kodo.channel.mail.from", "kodo@example.org",
                "kodo.channel.mail.to", "owner@example.org"),
            Map.of("LINE_TOKEN", "secret"))
        .run(
            context ->
                assertThat(ids(context.getBeansOfType(Channel.class)))
                    .containsExactlyInAnyOrder("line", "log", "mail", "webhook"));
  }

  @Test
  void namesTheVariableThatIsMissing() {
    withSettings(
            Map.of("kodo.channel.line.token-env", "LINE_TOKEN", "kodo.channel.line.to", "U123"),
            Map.of())
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining("channel.line.token-env")
                    .hasMessageContaining("LINE_TOKEN"));
  }

  @Test
  void neverRepeatsTheAddressOfAWebhookWhichMayBeItsSecret() {
    withSettings(Map.of("kodo.channel.webhook.url", "https://hooks.example/se cret"), Map.of())
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining("channel.webhook.url")
                    .hasMessageNotContaining("hooks.example"));
  }

  private static List<String> ids(Map<String, Channel> channels) {
    return channels.values().stream().map(Channel::id).sorted().toList();
  }

  private static ApplicationContextRunner withSettings(
      Map<String, String> settings, Map<String, String> environment) {
    Map<String, String> keys = new HashMap<>(settings);
    return new ApplicationContextRunner()
        .withUserConfiguration(Leaves.class)
        .withBean(KodoProperties.class, () -> TestProperties.in(Path.of("unused"), keys))
        .withBean(ObjectMapper.class, ObjectMapper::new)
        .withBean(Environment.class, () -> environment::get)
        .withPropertyValues(
            settings.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toArray(String[]::new));
  }
}
