package dev.kodo.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kodo.config.KodoProperties;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Connects the providers that the kernel names. */
@Configuration
class ModelConfiguration {
  @Bean
  Providers providers(
      KodoProperties properties,
      ObjectMapper json,
      Clock clock,
      Dialects dialects,
      ModelFacts facts) {
    return new Connection(properties, json, clock, dialects, facts)
        .providers(ModelsFile.read(properties.models().file()));
  }
}
