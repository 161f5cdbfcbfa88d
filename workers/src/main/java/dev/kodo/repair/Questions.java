package dev.kodo.repair;

import dev.kodo.decision.Decisions;
import dev.kodo.process.MessageName;
import dev.kodo.process.ProcessEngine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The questions about stuck steps, each of which waits in a process instance of its own. */
@Component
class Questions {
  /** Longer than a question needs until it waits for the message. */
  private static final Duration NEWS_LIVE = Duration.ofMinutes(1);

  private final ProcessEngine engine;
  private final Decisions decisions;
  private final RepairStore store;

  Questions(ProcessEngine engine, Decisions decisions, RepairStore store) {
    this.engine = engine;
    this.decisions = decisions;
    this.store = store;
  }

  /**
   * Of these the ones about which nobody is asked any more, although somebody was: the question
   * ended with its agent, or was cancelled. Likewise the ones that were given up and are still
   * there, although nobody cancels them any more.
   */
  List<Repair> lost(List<Repair> repairs) {
    return repairs.stream().filter(this::isLost).toList();
  }

  private boolean isLost(Repair repair) {
    return switch (repair.state()) {
      case ASKED -> !waits(repair);
      case CANCELLED -> !waits(repair) && engine.isRunning(repair.elementKey());
      case STUCK, LEFT, GONE -> false;
    };
  }

  private boolean waits(Repair repair) {
    Long key = repair.questionKey();
    return key != null && engine.isRunning(key);
  }

  /** The question has answered itself; the diagram that waits with it is told. */
  void takeBack(Repair repair) {
    if (repair.state() == RepairState.ASKED && waits(repair)) {
      engine.publish(
          MessageName.STEP_FREE, repair.id(), NEWS_LIVE, Map.of("agentId", repair.agentId()));
    }
  }

  /** Lets the rules decide anew about a step whose question, or cancelling, is lost. */
  void forget(Repair repair) {
    String decisionId = repair.decisionId();
    if (decisionId != null) {
      decisions.withdraw(decisionId);
    }
    store.forgetQuestion(repair);
  }
}
