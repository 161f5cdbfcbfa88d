package dev.kodo.channel;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The environment of this process. */
@Configuration
class EnvironmentConfiguration {
  @Bean
  @ConditionalOnMissingBean
  Environment channelEnvironment() {
    return System::getenv;
  }
}
