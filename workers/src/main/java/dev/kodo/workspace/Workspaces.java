package dev.kodo.workspace;

import dev.kodo.audit.AuditTrail;
import dev.kodo.config.KodoProperties;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** The workspaces of all agents, one folder for each. */
@Component
public class Workspaces {
  private static final Pattern AGENT_ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  private final Path root;
  private final Clock clock;
  private final AuditTrail audit;
  private final Map<String, Workspace> open = new ConcurrentHashMap<>();

  @Autowired
  public Workspaces(KodoProperties properties, Clock clock, AuditTrail audit) {
    this(properties.workspace().path(), clock, audit);
  }

  /**
   * @param root folder that holds one folder for each agent
   */
  public Workspaces(Path root, Clock clock, AuditTrail audit) {
    this.root = root.toAbsolutePath().normalize();
    this.clock = clock;
    this.audit = audit;
  }

  /**
   * The workspace of an agent. It need not be prepared yet.
   *
   * @throws WorkspaceException (OUTSIDE) when the id is not 1 to 63 of a-z, 0-9 and hyphen
   */
  public Workspace of(String agentId) {
    if (!AGENT_ID.matcher(agentId).matches()) {
      throw new WorkspaceException(
          WorkspaceException.Code.OUTSIDE,
          "Expected an agent id of 1 to 63 letters a-z, digits and hyphens but got '%s'."
              .formatted(Shown.path(agentId)),
          null);
    }
    return open.computeIfAbsent(agentId, id -> new Workspace(id, root.resolve(id), clock, audit));
  }
}
