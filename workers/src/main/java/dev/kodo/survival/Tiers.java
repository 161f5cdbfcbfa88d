package dev.kodo.survival;

import dev.kodo.agent.Agents;
import dev.kodo.audit.AuditEntry;
import dev.kodo.audit.AuditTrail;
import dev.kodo.channel.NoticeKind;
import dev.kodo.channel.Notices;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Moves an agent from tier to tier. Its methods are called inside a transaction. */
@Component
class Tiers {
  private static final Logger LOG = LoggerFactory.getLogger(Tiers.class);

  private final SurvivalStore store;
  private final Agents agents;
  private final Notices notices;
  private final AuditTrail audit;

  Tiers(SurvivalStore store, Agents agents, Notices notices, AuditTrail audit) {
    this.store = store;
    this.agents = agents;
    this.notices = notices;
    this.audit = audit;
  }

  /** Keeps a measurement and the tier that the decision table made of it. */
  Standing record(String agentId, Spending spending, @Nullable TierDecision decided) {
    agents.ensure(agentId);
    Standing before = store.lock(agentId);
    store.recordMeasurement(agentId, spending);
    Optional<SurvivalStore.NewTier> tier = complete(decided);
    if (tier.isEmpty()) {
      return keep(
          agentId,
          "The decision table survival-tier decides nothing for a share of %s; give it a row that matches."
              .formatted(spending.share()));
    }
    if (!tier.get().tier().equals(before.tier())) {
      change(agentId, before, tier.get(), spending);
    }
    return store.lock(agentId);
  }

  /** Leaves the tier as it is and says why it could not be checked. */
  Standing keep(String agentId, String reason) {
    agents.ensure(agentId);
    Standing kept = store.lock(agentId);
    LOG.warn("Agent {} stays in the tier {}: {}", agentId, kept.tier(), reason);
    store.recordUnmeasured(agentId, reason);
    return kept;
  }

  private void change(
      String agentId, Standing before, SurvivalStore.NewTier to, Spending spending) {
    LOG.info("Agent {} goes from the tier {} to {}.", agentId, before.tier(), to.tier());
    store.recordChange(agentId, before, to);
    long number = before.tierNumber() + 1;
    audit.enter(
        new AuditEntry(
            AuditEntry.Kind.TIER_CHANGE,
            agentId,
            null,
            before.tier() + " -> " + to.tier(),
            to.tier(),
            Map.of("number", String.valueOf(number), "share", spending.share().toPlainString()),
            "tier %s %d".formatted(agentId, number)));
    // One call for help in an episode: it begins with the first tier that needs help and lasts
    // until
    // the agent leaves all of these, however it moves among them.
    if (to.needsHelp() && !before.needsHelp()) {
      notices.write(
          "sos-%s-%d".formatted(agentId, number),
          agentId,
          NoticeKind.SOS,
          SurvivalTexts.helpSubject(agentId, to.tier()),
          SurvivalTexts.helpBody(agentId, before, spending));
    }
  }

  private static Optional<SurvivalStore.NewTier> complete(@Nullable TierDecision decided) {
    if (decided == null
        || decided.tier() == null
        || decided.modelClass() == null
        || decided.severity() == null) {
      return Optional.empty();
    }
    return Optional.of(
        new SurvivalStore.NewTier(
            decided.tier(),
            decided.modelClass(),
            decided.severity(),
            Boolean.TRUE.equals(decided.needsHelp())));
  }
}
