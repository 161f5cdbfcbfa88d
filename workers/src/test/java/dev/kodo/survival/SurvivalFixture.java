package dev.kodo.survival;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kodo.agent.Agents;
import dev.kodo.audit.AuditTrail;
import dev.kodo.channel.Notices;
import dev.kodo.process.FakeProcessEngine;
import dev.kodo.testing.SettableClock;
import dev.kodo.testing.TestDatabase;
import dev.kodo.worker.JobRuns;
import java.math.BigDecimal;
import java.util.List;

/** The parts of the survival feature on a real database. */
final class SurvivalFixture {
  final TestDatabase database = TestDatabase.fresh();
  final SettableClock clock = new SettableClock("2026-01-31T09:30:00Z");
  final FakeProcessEngine engine = new FakeProcessEngine();
  final JobRuns runs = new JobRuns(database, clock, new ObjectMapper());
  final SurvivalStore store = new SurvivalStore(database.jdbc(), clock);
  final Agents agents = new Agents(database.jdbc(), clock);
  final Notices notices = new Notices(database.jdbc(), clock);
  final Tiers tiers = new Tiers(store, agents, notices, AuditTrail.NONE);
  final News news = new News(store, notices, agents);

  /** Records a share as the decision table would decide it. */
  Standing spend(double share) {
    return record(share, decided(share));
  }

  Standing record(double share, @org.jspecify.annotations.Nullable TierDecision decision) {
    return database
        .transactions()
        .execute(status -> tiers.record("main", spending(share), decision));
  }

  News.Found look(Integer... passed) {
    return database.transactions().execute(status -> news.find("main", List.of(passed)));
  }

  static Spending spending(double share) {
    BigDecimal cap = new BigDecimal("5");
    return new Spending(
        BigDecimal.valueOf(share),
        cap.multiply(BigDecimal.valueOf(share)),
        cap,
        "agent",
        cap,
        null,
        "2026-01-31",
        "2026-02-01T00:00:00Z");
  }

  private static TierDecision decided(double share) {
    if (share >= 0.95) {
      return new TierDecision("dead", "minimal", 3, true);
    }
    if (share >= 0.85) {
      return new TierDecision("critical", "minimal", 2, true);
    }
    return share >= 0.6
        ? new TierDecision("low-compute", "cheap", 1, false)
        : new TierDecision("normal", "best", 0, false);
  }
}
