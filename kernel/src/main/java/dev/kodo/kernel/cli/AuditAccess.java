package dev.kodo.kernel.cli;

import dev.kodo.kernel.audit.AuditFolder;
import dev.kodo.kernel.audit.AuditReader;
import dev.kodo.kernel.books.GuardDatabase;
import dev.kodo.kernel.config.Config;
import java.io.IOException;

/** The audit log of a session's home. */
final class AuditAccess {
  private AuditAccess() {}

  static AuditReader reader(Session session) throws IOException {
    Config config = Config.load(session.home());
    return new AuditReader(
        GuardDatabase.of(config, session.home(), session.environment()),
        new AuditFolder(session.home().audit()));
  }
}
