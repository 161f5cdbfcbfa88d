package dev.kodo.channel.line;

import dev.kodo.channel.Channel;
import dev.kodo.channel.Environment;
import dev.kodo.config.KodoProperties;
import java.util.Objects;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the channel when the owner has said to whom it writes. */
@Configuration
class LineConfiguration {
  @Bean
  @ConditionalOnProperty("kodo.channel.line.to")
  Channel line(KodoProperties properties, Environment environment) {
    KodoProperties.Line settings = Objects.requireNonNull(properties.channel().line());
    return new LineChannel(
        settings, environment.secret("channel.line.token-env", settings.tokenEnv()));
  }
}
