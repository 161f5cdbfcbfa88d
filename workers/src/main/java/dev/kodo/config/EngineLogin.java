package dev.kodo.config;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who logs in to the engine's REST interface while people watch it in Operate.
 *
 * @param user empty where that interface is open
 */
@ConfigurationProperties("kodo.engine-login")
public record EngineLogin(@DefaultValue("") String user, @DefaultValue("") String password) {
  @Override
  public String toString() {
    return user;
  }
}
