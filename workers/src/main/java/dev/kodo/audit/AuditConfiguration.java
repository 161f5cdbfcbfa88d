package dev.kodo.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kodo.config.KodoProperties;
import dev.kodo.guard.GuardClient;
import dev.kodo.worker.AfterJob;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Where the body's entries go. */
@Configuration
class AuditConfiguration {
  @Bean
  AuditTrail auditTrail(
      KodoProperties properties, JdbcClient jdbc, ObjectMapper json, Clock clock) {
    KodoProperties.Guard guard = properties.guard();
    return guard == null
        ? AuditTrail.NONE
        : new AuditOutbox(jdbc, new GuardLog(new GuardClient(guard), json), json, clock);
  }

  @Bean
  AfterJob auditDelivery(AuditTrail trail) {
    return trail instanceof AuditOutbox outbox ? outbox::deliver : () -> {};
  }
}
