package dev.kodo.process;

import dev.kodo.config.EngineLogin;
import io.camunda.client.CredentialsProvider;
import io.camunda.client.spring.properties.CamundaClientProperties;
import java.util.Objects;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Logs the client in where the engine runs together with Operate. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("kodo.engine-login.user")
class EngineSessionConfiguration {
  @Bean
  CredentialsProvider engineSession(CamundaClientProperties client, EngineLogin login) {
    return new EngineSession(Objects.requireNonNull(client.getRestAddress()), login);
  }
}
