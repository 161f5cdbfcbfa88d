package dev.kodo.agent;

import dev.kodo.config.KodoProperties;
import dev.kodo.decision.Decision;
import dev.kodo.decision.Decisions;
import dev.kodo.worker.JobRun;
import dev.kodo.worker.JobStep;
import dev.kodo.worker.JobSteps;
import dev.kodo.worker.Nothing;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The jobs of the {@code pacemaker} diagram. */
@Component
class PacemakerWorker implements JobSteps {
  private final Agents agents;
  private final Decisions decisions;
  private final LastTrouble lastTrouble;
  private final KodoProperties properties;

  PacemakerWorker(
      Agents agents, Decisions decisions, LastTrouble lastTrouble, KodoProperties properties) {
    this.agents = agents;
    this.decisions = decisions;
    this.lastTrouble = lastTrouble;
    this.properties = properties;
  }

  /** The agent that a pacemaker belongs to. */
  record OfAgent(String agentId) {}

  /**
   * When the next beat is due.
   *
   * @param nextBeatIn ISO 8601 duration
   */
  record Pace(String nextBeatIn, boolean needsReview) {
    static final Pace AT_ONCE = new Pace(Duration.ZERO.toString(), false);
  }

  record Prepared(String baseInterval, Pace pace) {}

  record AskForReview(String agentId, int sameErrorCount) {}

  /** The answer's variables are reset here, so that an earlier review cannot answer this one. */
  record ReviewAsked(
      String decisionId,
      String decisionDueIn,
      String reviewQuestion,
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

  record AnswerRecorded(boolean approved, Pace pace) {}

  @Override
  public List<JobStep<?, ?>> steps() {
    return List.of(
        new JobStep<>(
            "agent-prepare",
            "Makes the agent's record and lets the first beat come at once.",
            OfAgent.class,
            Prepared.class,
            Set.of(),
            this::prepare),
        new JobStep<>(
            "agent-stop",
            "Records that the agent was stopped by a person.",
            OfAgent.class,
            Nothing.class,
            Set.of(),
            this::stop),
        new JobStep<>(
            "decision-record",
            "Records the question whether a stopped agent may go on, so that it can be answered on the command line too.",
            AskForReview.class,
            ReviewAsked.class,
            Set.of(),
            this::askForReview),
        new JobStep<>(
            "decision-close",
            "Records who answered and resumes or retires the agent.",
            ReviewAnswer.class,
            AnswerRecorded.class,
            Set.of(),
            this::recordAnswer));
  }

  private Prepared prepare(OfAgent input, JobRun run) {
    return run.commit(
        () -> {
          agents.ensure(input.agentId());
          agents.moveTo(input.agentId(), AgentState.RUNNING);
          return new Prepared(properties.heartbeat().interval().toString(), Pace.AT_ONCE);
        });
  }

  private Nothing stop(OfAgent input, JobRun run) {
    return run.commit(
        () -> {
          agents.moveTo(input.agentId(), AgentState.STOPPED);
          return Nothing.NOTHING;
        });
  }

  private ReviewAsked askForReview(AskForReview input, JobRun run) {
    String question =
        "Agent %s met the same error %d times in a row and was stopped. Let it go on?"
            .formatted(input.agentId(), input.sameErrorCount());
    Duration due = properties.heartbeat().reviewDue();
    return run.commit(
        () -> {
          agents.moveTo(input.agentId(), AgentState.STOPPED_FOR_REVIEW);
          Decision decision =
              decisions.ask(
                  input.agentId(),
                  "review-stopped-agent",
                  question,
                  lastTrouble.describe(input.agentId()),
                  due);
          return new ReviewAsked(
              decision.decisionId(), due.toString(), question, false, null, null, null);
        });
  }

  private AnswerRecorded recordAnswer(ReviewAnswer input, JobRun run) {
    boolean approved = Boolean.TRUE.equals(input.approved());
    String via = input.via() == null ? "tasklist" : input.via();
    return run.commit(
        () -> {
          decisions.close(input.decisionId(), approved, via, input.answeredBy(), input.comment());
          agents.forgiveErrors(input.agentId(), lastTrouble.lastClosingNumber(input.agentId()));
          agents.moveTo(input.agentId(), approved ? AgentState.RUNNING : AgentState.RETIRED);
          return new AnswerRecorded(approved, Pace.AT_ONCE);
        });
  }
}
