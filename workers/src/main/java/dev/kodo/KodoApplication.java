package dev.kodo;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The agent's body: job workers and the HTTP API, started and watched by the kernel. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class KodoApplication {
  public static void main(String[] args) {
    SpringApplication.run(KodoApplication.class, args);
  }
}
