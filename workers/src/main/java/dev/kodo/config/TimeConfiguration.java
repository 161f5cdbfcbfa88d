package dev.kodo.config;

import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The only place where the body looks at the machine's clock. */
@Configuration
class TimeConfiguration {
  @Bean
  @ConditionalOnMissingBean
  Clock clock(KodoProperties properties) {
    return Clock.system(properties.zone());
  }
}
