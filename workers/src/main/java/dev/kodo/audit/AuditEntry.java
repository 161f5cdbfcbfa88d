package dev.kodo.audit;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One action of the body.
 *
 * @param heartbeatId null outside a beat
 * @param subject what was acted on
 * @param outcome one word, such as {@code committed}
 * @param detail a few short facts, at most 20; never a secret, never a file's content
 * @param occasion names what happened, unique over all agents: it waits once
 */
public record AuditEntry(
    Kind kind,
    String agentId,
    @Nullable String heartbeatId,
    String subject,
    String outcome,
    Map<String, String> detail,
    String occasion) {

  /** The kinds of entries that the guard takes from a body. */
  public enum Kind {
    FILE_CHANGE("file-change"),
    TIER_CHANGE("tier-change"),
    APPROVAL("approval"),
    REPAIR("repair");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** As the guard and the database write it. */
    public String word() {
      return word;
    }
  }

  public AuditEntry {
    detail = Map.copyOf(detail);
  }
}
