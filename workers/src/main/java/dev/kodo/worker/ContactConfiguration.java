package dev.kodo.worker;

import dev.kodo.process.EngineContact;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Lets each job tell that the engine is there. */
@Configuration(proxyBeanMethods = false)
class ContactConfiguration {
  @Bean
  AfterJob contactKeeping(EngineContact contact) {
    return contact::jobEnded;
  }
}
