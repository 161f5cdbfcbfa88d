package dev.kodo.survival;

import dev.kodo.channel.NoticeKind;
import dev.kodo.channel.Notices;
import dev.kodo.decision.Decision;
import dev.kodo.decision.Decisions;
import dev.kodo.worker.JobFailure;
import dev.kodo.worker.JobRun;
import dev.kodo.worker.JobStep;
import dev.kodo.worker.JobSteps;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The jobs of the {@code spend-more} diagram. Nothing here raises a budget: {@code kodo approve}
 * does, in the kernel, when the owner answers by it.
 */
@Component
class SpendMoreWorker implements JobSteps {
  /** The least time that a question waits, also when the budget's day is about to end. */
  private static final Duration LEAST = Duration.ofMinutes(1);

  /** The way of an answer that the kernel has taken. */
  private static final String KODO = "kodo";

  private final SurvivalStore store;
  private final Decisions decisions;
  private final Notices notices;
  private final Clock clock;

  SpendMoreWorker(SurvivalStore store, Decisions decisions, Notices notices, Clock clock) {
    this.store = store;
    this.decisions = decisions;
    this.notices = notices;
    this.clock = clock;
  }

  record OfAgent(String agentId) {}

  record Asked(String decisionId, String decisionDueIn, String spendQuestion, String spendTerms) {}

  record Answer(
      String agentId,
      String decisionId,
      @Nullable Boolean approved,
      @Nullable String via,
      @Nullable String answeredBy,
      @Nullable String comment) {}

  /** {@code noticeId} is absent after a no. */
  record Recorded(boolean approved, @Nullable String noticeId) {}

  @Override
  public List<JobStep<?, ?>> steps() {
    return List.of(
        new JobStep<>(
            "survival-ask",
            "Ask to spend more",
            "Records the question whether a dead agent may spend more today.",
            OfAgent.class,
            Asked.class,
            Set.of(),
            this::ask),
        new JobStep<>(
            "survival-answer",
            "Record answer on spending",
            "Records who answered, and after a yes what the owner has to do.",
            Answer.class,
            Recorded.class,
            Set.of(),
            this::answer));
  }

  private Asked ask(OfAgent input, JobRun run) {
    Standing standing = standing(input.agentId());
    String question = SurvivalTexts.question(input.agentId(), standing);
    String terms = SurvivalTexts.terms(input.agentId(), standing);
    Duration due = untilTheDayEnds(standing);
    return run.commit(
        () -> {
          Decision decision =
              decisions.ask(input.agentId(), "spend-more-today", question, terms, due);
          return new Asked(decision.decisionId(), due.toString(), question, terms);
        });
  }

  private Recorded answer(Answer input, JobRun run) {
    boolean approved = Boolean.TRUE.equals(input.approved());
    String via = input.via() == null ? "tasklist" : input.via();
    String noticeId = approved ? "spend-more-" + input.decisionId() : null;
    return run.commit(
        () -> {
          decisions.close(input.decisionId(), approved, via, input.answeredBy(), input.comment());
          if (noticeId != null) {
            notices.write(
                noticeId,
                input.agentId(),
                NoticeKind.SPEND_MORE,
                SurvivalTexts.commandSubject(input.agentId()),
                SurvivalTexts.commandBody(
                    input.agentId(), standing(input.agentId()), via.equals(KODO)));
          }
          return new Recorded(approved, noticeId);
        });
  }

  private Standing standing(String agentId) {
    return store
        .find(agentId)
        .orElseThrow(
            () -> JobFailure.retry("Expected agent " + agentId + " to have a tier.", null));
  }

  private Duration untilTheDayEnds(Standing standing) {
    if (standing.dayEndsAt() == null) {
      return LEAST;
    }
    Duration left = Duration.between(clock.instant(), standing.dayEndsAt());
    return left.compareTo(LEAST) < 0 ? LEAST : left;
  }
}
