package dev.kodo.kernel.guard;

import dev.kodo.kernel.audit.AuditSink;
import dev.kodo.kernel.budget.Connector;
import dev.kodo.kernel.config.Config;
import dev.kodo.kernel.constitution.Constitution;
import dev.kodo.kernel.home.KodoHome;
import java.time.Clock;
import java.util.Map;

/**
 * What a guard is given.
 *
 * @param token what callers must know
 * @param environment holds the providers' keys
 */
public record GuardSetting(
    KodoHome home,
    Config config,
    Constitution constitution,
    Registry registry,
    Connector books,
    AuditSink audit,
    String token,
    Map<String, String> environment,
    Clock clock) {

  public GuardSetting {
    if (token.isBlank()) {
      throw new IllegalArgumentException("Expected a token that callers must know, but got none");
    }
  }

  /** Never shows the token or the keys. */
  @Override
  public String toString() {
    return "GuardSetting[" + home.root() + "]";
  }
}
