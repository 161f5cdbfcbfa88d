package dev.kodo.config;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The only place where the body looks at the machine's clock. */
@Configuration
class TimeConfiguration {
  @Bean
  Clock clock(KodoProperties properties) {
    return Clock.system(properties.zone());
  }
}
