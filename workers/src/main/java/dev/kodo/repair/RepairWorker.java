package dev.kodo.repair;

import dev.kodo.audit.AuditEntry;
import dev.kodo.audit.AuditTrail;
import dev.kodo.config.KodoProperties;
import dev.kodo.decision.Decision;
import dev.kodo.decision.Decisions;
import dev.kodo.process.ProcessEngine;
import dev.kodo.worker.JobRun;
import dev.kodo.worker.JobStep;
import dev.kodo.worker.JobSteps;
import dev.kodo.worker.Nothing;
import dev.kodo.workspace.Workspaces;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The jobs of the diagrams {@code repair-attempt} and {@code repair-question}. */
@Component
class RepairWorker implements JobSteps {
  /** One more run of the job; whether it helped is seen at the next look. */
  private static final int ONE_TRY = 1;

  private final RepairStore store;
  private final Endings endings;
  private final ProcessEngine engine;
  private final Decisions decisions;
  private final Workspaces workspaces;
  private final AuditTrail audit;
  private final KodoProperties properties;

  RepairWorker(
      RepairStore store,
      Endings endings,
      ProcessEngine engine,
      Decisions decisions,
      Workspaces workspaces,
      AuditTrail audit,
      KodoProperties properties) {
    this.store = store;
    this.endings = endings;
    this.engine = engine;
    this.decisions = decisions;
    this.workspaces = workspaces;
    this.audit = audit;
    this.properties = properties;
  }

  record OfRepair(String agentId, String repairId) {}

  /**
   * The answer's variables are reset here, so that no older one can answer this question.
   *
   * @param asked false when the step needs no answer any more, or was asked about already
   */
  record Asked(
      boolean asked,
      String decisionId,
      String decisionDueIn,
      String repairQuestion,
      String repairDetail) {}

  record Answer(
      String agentId,
      String repairId,
      String decisionId,
      @Nullable Boolean approved,
      String via,
      @Nullable String answeredBy,
      @Nullable String comment) {}

  /**
   * What follows.
   *
   * @param verdict one of retry, cancel, leave
   */
  record Recorded(String verdict) {}

  @Override
  public List<JobStep<?, ?>> steps() {
    return List.of(
        new JobStep<>(
            "repair-restore-workspace",
            "Restore workspace",
            "Makes the agent's workspace folder again where it is missing.",
            OfRepair.class,
            Nothing.class,
            Set.of(),
            this::restoreWorkspace),
        new JobStep<>(
            "repair-retry",
            "Retry step",
            "Gives a stuck job one more try, or lets the engine evaluate a stuck step again.",
            OfRepair.class,
            Nothing.class,
            Set.of(),
            this::retry),
        new JobStep<>(
            "repair-ask",
            "Ask about stuck step",
            "Records the question whether a stuck step is tried again.",
            OfRepair.class,
            Asked.class,
            Set.of(),
            this::ask),
        new JobStep<>(
            "repair-answer",
            "Record answer on stuck step",
            "Records who answered about a stuck step, and says what follows.",
            Answer.class,
            Recorded.class,
            Set.of(),
            this::answer),
        new JobStep<>(
            "repair-cancel",
            "Cancel process instance",
            "Cancels the process instance around a step that a person gave up.",
            OfRepair.class,
            Nothing.class,
            Set.of(),
            this::cancel));
  }

  private Nothing restoreWorkspace(OfRepair input, JobRun run) {
    workspaces.of(input.agentId()).prepare();
    return run.commit(() -> Nothing.NOTHING);
  }

  /**
   * Repeating this command does no harm: an incident that is resolved is not found again, and the
   * effects of the job itself are protected by the ledger.
   */
  private Nothing retry(OfRepair input, JobRun run) {
    Optional<Repair> found = find(input);
    if (found.isEmpty()) {
      return run.commit(() -> Nothing.NOTHING);
    }
    Repair repair = found.get();
    run.ensureWanted();
    boolean goesOn = !repair.isUnclaimed() && !tryAgain(repair);
    return run.commit(
        () -> {
          if (goesOn) {
            store.markGone(List.of(repair.elementKey()));
          } else if (repair.isUnclaimed()) {
            record(repair, "waited on", "waits-on");
          } else {
            record(repair, "tried again", "tried-again");
          }
          return Nothing.NOTHING;
        });
  }

  /** False when the engine does not know the incident any more: somebody else was faster. */
  private boolean tryAgain(Repair repair) {
    Long jobKey = repair.jobKey();
    if (jobKey != null) {
      engine.updateRetries(jobKey, ONE_TRY);
    }
    return engine.resolveIncident(repair.stepKey());
  }

  private void record(Repair repair, String action, String outcome) {
    tell(repair, outcome, store.recordAttempt(repair, action));
  }

  private Asked ask(OfRepair input, JobRun run) {
    Optional<Repair> found = find(input).filter(it -> it.state() == RepairState.STUCK);
    if (found.isEmpty()) {
      return run.commit(() -> new Asked(false, "", "", "", ""));
    }
    Repair repair = found.get();
    String question = RepairTexts.question(repair);
    String detail = RepairTexts.detail(repair, store.attempts(repair.id()), endings.told(repair));
    Duration due = properties.selfRepair().answerDue();
    return run.commit(
        () -> {
          Decision decision =
              decisions.ask(input.agentId(), "repair-stuck-step", question, detail, due);
          store.recordQuestion(
              repair.id(), decision.decisionId(), run.identity().processInstanceKey());
          return new Asked(true, decision.decisionId(), due.toString(), question, detail);
        });
  }

  private Recorded answer(Answer input, JobRun run) {
    boolean approved = Boolean.TRUE.equals(input.approved());
    return run.commit(
        () ->
            switch (input.via()) {
              case "free" -> {
                decisions.withdraw(input.decisionId());
                yield new Recorded("leave");
              }
              case "overdue" -> {
                close(input, false);
                store.leave(input.repairId(), input.decisionId());
                yield new Recorded("leave");
              }
              default -> {
                close(input, approved);
                yield new Recorded(approved ? "retry" : "cancel");
              }
            });
  }

  private void close(Answer input, boolean approved) {
    decisions.close(input.decisionId(), approved, input.via(), input.answeredBy(), input.comment());
  }

  /**
   * What the person saw may be over by now; what an earlier delivery began is brought to an end.
   */
  private Nothing cancel(OfRepair input, JobRun run) {
    Optional<Repair> found = find(input);
    if (found.isEmpty()) {
      return run.commit(() -> Nothing.NOTHING);
    }
    Repair repair = found.get();
    if (repair.state() != RepairState.CANCELLED && !endings.isStillStuck(repair)) {
      return run.commit(
          () -> {
            store.markGone(List.of(repair.elementKey()));
            return Nothing.NOTHING;
          });
    }
    run.ensureWanted();
    store.giveUp(repair.id());
    endings.end(repair);
    return run.commit(
        () -> {
          tell(repair, "cancelled", repair.attempts());
          return Nothing.NOTHING;
        });
  }

  private void tell(Repair repair, String outcome, int attempts) {
    audit.enter(
        new AuditEntry(
            AuditEntry.Kind.REPAIR,
            repair.agentId(),
            null,
            repair.processId() + "/" + repair.elementId(),
            outcome,
            Map.of(
                "repair", repair.id(),
                "instance", Long.toString(repair.instanceKey()),
                "kind", repair.kind(),
                "attempts", Integer.toString(attempts)),
            "repair %s %s %d".formatted(repair.id(), outcome, attempts)));
  }

  /** Empty when the step is another agent's by now, or was removed with what is old. */
  private Optional<Repair> find(OfRepair input) {
    return store.find(input.repairId()).filter(repair -> repair.agentId().equals(input.agentId()));
  }
}
