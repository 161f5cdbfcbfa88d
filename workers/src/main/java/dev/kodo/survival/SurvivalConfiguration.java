package dev.kodo.survival;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kodo.config.KodoProperties;
import dev.kodo.guard.GuardClient;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Chooses who tells what is spent. */
@Configuration
class SurvivalConfiguration {
  @Bean
  SpendMeter spendMeter(KodoProperties properties, ObjectMapper json, Clock clock) {
    KodoProperties.Guard guard = properties.guard();
    return guard == null
        ? new NothingMetered(clock, properties.zone())
        : new GuardSpendMeter(new GuardClient(guard), json);
  }
}
