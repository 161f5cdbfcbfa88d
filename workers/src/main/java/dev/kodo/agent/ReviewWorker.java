package dev.kodo.agent;

import dev.kodo.channel.NoticeKind;
import dev.kodo.channel.Notices;
import dev.kodo.config.KodoProperties;
import dev.kodo.decision.Decision;
import dev.kodo.decision.Decisions;
import dev.kodo.worker.JobRun;
import dev.kodo.worker.JobStep;
import dev.kodo.worker.JobSteps;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The jobs of the {@code agent-review} diagram. */
@Component
class ReviewWorker implements JobSteps {
  /** Kind of the question in the record of decisions. */
  static final String QUESTION = "review-stopped-agent";

  private final Agents agents;
  private final Decisions decisions;
  private final LastTrouble lastTrouble;
  private final Notices notices;
  private final KodoProperties properties;

  ReviewWorker(
      Agents agents,
      Decisions decisions,
      LastTrouble lastTrouble,
      Notices notices,
      KodoProperties properties) {
    this.agents = agents;
    this.decisions = decisions;
    this.lastTrouble = lastTrouble;
    this.notices = notices;
    this.properties = properties;
  }

  record AskForReview(String agentId, int sameErrorCount) {}

  /** The answer's variables are reset here, so that an earlier review cannot answer this one. */
  record ReviewAsked(
      String decisionId,
      String decisionDueIn,
      String reviewQuestion,
      String noticeId,
      boolean approved,
      @Nullable String via,
      @Nullable String answeredBy,
      @Nullable String comment) {}

  record ReviewAnswer(
      String agentId,
      String decisionId,
      @Nullable Boolean approved,
      @Nullable String via,
      @Nullable String answeredBy,
      @Nullable String comment) {}

  record AnswerRecorded(boolean approved, PacemakerWorker.Pace pace) {}

  @Override
  public List<JobStep<?, ?>> steps() {
    return List.of(
        new JobStep<>(
            "decision-record",
            "Ask for review",
            "Records the question whether a stopped agent may go on, so that it can be answered on the command line too.",
            AskForReview.class,
            ReviewAsked.class,
            Set.of(),
            this::askForReview),
        new JobStep<>(
            "decision-close",
            "Record answer of review",
            "Records who answered and resumes or retires the agent.",
            ReviewAnswer.class,
            AnswerRecorded.class,
            Set.of(),
            this::recordAnswer));
  }

  private ReviewAsked askForReview(AskForReview input, JobRun run) {
    Optional<String> again = lastTrouble.again(input.agentId());
    String question =
        "Agent %s met the same error %d times in a row%s and was stopped. Let it go on?"
            .formatted(
                input.agentId(),
                input.sameErrorCount(),
                again.map(trouble -> " (" + code(trouble) + ")").orElse(""));
    Duration due = properties.heartbeat().reviewDue();
    return run.commit(
        () -> {
          agents.moveTo(input.agentId(), AgentState.STOPPED_FOR_REVIEW);
          Decision decision =
              decisions.ask(
                  input.agentId(),
                  QUESTION,
                  question,
                  again.map(trouble -> "The last time: " + trouble + "\n\n").orElse("")
                      + lastTrouble.describe(input.agentId()),
                  due);
          return new ReviewAsked(
              decision.decisionId(),
              due.toString(),
              question + "\n\n" + decision.detail(),
              tellOwner(input.agentId(), decision),
              false,
              null,
              null,
              null);
        });
  }

  /** The code alone: the words of the last time stand in the detail. */
  private static String code(String trouble) {
    int end = trouble.indexOf(':');
    return end < 0 ? trouble : trouble.substring(0, end);
  }

  private AnswerRecorded recordAnswer(ReviewAnswer input, JobRun run) {
    boolean approved = Boolean.TRUE.equals(input.approved());
    String via = input.via() == null ? "tasklist" : input.via();
    return run.commit(
        () -> {
          decisions.close(input.decisionId(), approved, via, input.answeredBy(), input.comment());
          agents.forgiveErrors(input.agentId(), lastTrouble.lastClosingNumber(input.agentId()));
          agents.moveTo(input.agentId(), approved ? AgentState.RUNNING : AgentState.RETIRED);
          return new AnswerRecorded(approved, PacemakerWorker.Pace.AT_ONCE);
        });
  }

  /** Each question is an occasion of its own. */
  private String tellOwner(String agentId, Decision decision) {
    String noticeId = "review-" + decision.decisionId();
    notices.write(
        noticeId,
        agentId,
        NoticeKind.REVIEW,
        "Kodo: agent %s has stopped and waits for you".formatted(agentId),
        """
        %s

        %s
        What you can do:
          let it go on:     kodo approve %s
          retire it:        kodo reject %s
          see what waits:   kodo approvals
          stop everything:  kodo panic
        Without an answer until %s the agent is retired."""
            .formatted(
                decision.question(),
                decision.detail(),
                decision.decisionId(),
                decision.decisionId(),
                decision.dueAt()));
    return noticeId;
  }
}
