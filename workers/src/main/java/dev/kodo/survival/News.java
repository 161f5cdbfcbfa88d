package dev.kodo.survival;

import dev.kodo.agent.Agents;
import dev.kodo.channel.NoticeKind;
import dev.kodo.channel.Notices;
import java.util.Comparator;
import java.util.List;
import org.springframework.stereotype.Component;

/** Compares what is with what was told. Its method is called inside a transaction. */
@Component
class News {
  /** The tier after which the owner is asked for more money. */
  private static final String DEAD = "dead";

  private final SurvivalStore store;
  private final Notices notices;
  private final Agents agents;

  News(SurvivalStore store, Notices notices, Agents agents) {
    this.store = store;
    this.notices = notices;
    this.agents = agents;
  }

  /**
   * What is new since the last look.
   *
   * @param tierNews whether running beats have to hear of a change
   * @param notices ids of what the owner has not got yet
   * @param askToSpend whether the owner is to be asked for more money
   */
  record Found(boolean agentLives, boolean tierNews, List<String> notices, boolean askToSpend) {}

  Found find(String agentId, List<Integer> passed) {
    if (!agents.lives(agentId)) {
      return new Found(false, false, List.of(), false);
    }
    Standing standing = store.lock(agentId);
    alert(agentId, standing, passed);
    return new Found(
        true,
        store.hasTierNews(agentId),
        notices.untold(agentId, List.of(NoticeKind.SOS, NoticeKind.ALERT)),
        standing.tier().equals(DEAD) && store.markAsked(agentId));
  }

  /** One alert for the highest step that is new: the lower ones say nothing more. */
  private void alert(String agentId, Standing standing, List<Integer> passed) {
    store.newAlerts(agentId, passed).stream()
        .max(Comparator.naturalOrder())
        .ifPresent(
            percent ->
                notices.write(
                    "alert-%s-%s-%d".formatted(agentId, store.day(agentId), percent),
                    agentId,
                    NoticeKind.ALERT,
                    SurvivalTexts.alertSubject(agentId, percent),
                    SurvivalTexts.alertBody(agentId, standing)));
  }
}
