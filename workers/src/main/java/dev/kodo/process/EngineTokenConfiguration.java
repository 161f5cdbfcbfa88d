package dev.kodo.process;

import dev.kodo.config.EngineLogin;
import io.camunda.client.CredentialsProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Lets the client in where the engine runs together with Operate. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("kodo.engine-login.token")
class EngineTokenConfiguration {
  @Bean
  CredentialsProvider engineToken(EngineLogin login) {
    return new EngineToken(login.token());
  }

  /** One token for the life of the body: what the engine refuses once it refuses again. */
  private record EngineToken(String text) implements CredentialsProvider {
    @Override
    public void applyCredentials(CredentialsApplier applier) {
      applier.put("Authorization", "Bearer " + text);
    }

    @Override
    public boolean shouldRetryRequest(StatusCode status) {
      return false;
    }

    @Override
    public String toString() {
      return "EngineToken";
    }
  }
}
