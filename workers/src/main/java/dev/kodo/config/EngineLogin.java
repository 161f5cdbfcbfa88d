package dev.kodo.config;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What opens the engine's REST interface while people watch it in Operate.
 *
 * @param token empty where that interface is open
 */
@ConfigurationProperties("kodo.engine-login")
public record EngineLogin(@DefaultValue("") String token) {
  @Override
  public String toString() {
    return token.isEmpty() ? "open" : "with a token";
  }
}
