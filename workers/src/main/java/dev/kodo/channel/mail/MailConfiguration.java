package dev.kodo.channel.mail;

import dev.kodo.channel.Channel;
import dev.kodo.channel.Environment;
import dev.kodo.config.KodoProperties;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the channel when the owner has named a mail server. */
@Configuration
class MailConfiguration {
  @Bean
  @ConditionalOnProperty("kodo.channel.mail.host")
  Channel mail(KodoProperties properties, Environment environment) {
    KodoProperties.Mail settings = Objects.requireNonNull(properties.channel().mail());
    return new MailChannel(settings, password(settings, environment));
  }

  private static @Nullable String password(KodoProperties.Mail settings, Environment environment) {
    String variable = settings.passwordEnv();
    return variable == null ? null : environment.secret("channel.mail.password-env", variable);
  }
}
