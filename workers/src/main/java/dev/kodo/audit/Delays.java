package dev.kodo.audit;

import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose entries are late. The log tells of it once when it begins and once when it is over, however
 * many jobs end in between. Not for several threads.
 */
final class Delays {
  /** No agent has a name with a blank. */
  static final String EVERYBODY = "all agents";

  private static final Logger LOG = LoggerFactory.getLogger(Delays.class);

  private final Set<String> told = new HashSet<>();

  void begin(String whose, String why) {
    if (told.add(whose)) {
      LOG.warn("The audit log gets the entries of {} later: {}", name(whose), why);
    }
  }

  /** Everything of the others has been told now. */
  void endAllBut(Set<String> agents) {
    told.removeIf(
        whose -> {
          boolean over = !agents.contains(whose);
          if (over) {
            LOG.info("The audit log has the entries of {} again.", name(whose));
          }
          return over;
        });
  }

  private static String name(String whose) {
    return whose.equals(EVERYBODY) ? whose : "agent " + whose;
  }
}
