package dev.kodo.process;

import dev.kodo.config.KodoProperties;
import io.camunda.client.CamundaClient;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Chooses the way by which this installation sees into its engine. */
@Configuration(proxyBeanMethods = false)
class StuckStepsConfiguration {
  @Bean
  StuckSteps stuckSteps(
      KodoProperties properties,
      JdbcClient jdbc,
      CamundaClient client,
      EngineContact contact,
      Clock clock) {
    return switch (properties.engineView()) {
      case RECORDS -> new ExportedSteps(jdbc, properties.engineId(), contact, clock);
      case SEARCH -> new SearchedSteps(client);
      case NONE -> new UnseenSteps();
    };
  }
}
