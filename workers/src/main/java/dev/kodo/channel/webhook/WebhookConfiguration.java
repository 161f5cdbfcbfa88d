package dev.kodo.channel.webhook;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kodo.channel.Channel;
import dev.kodo.config.KodoProperties;
import java.util.Objects;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the channel when the owner has set an address. */
@Configuration
class WebhookConfiguration {
  @Bean
  @ConditionalOnProperty("kodo.channel.webhook.url")
  Channel webhook(KodoProperties properties, ObjectMapper json) {
    return new WebhookChannel(Objects.requireNonNull(properties.channel().webhook()), json);
  }
}
