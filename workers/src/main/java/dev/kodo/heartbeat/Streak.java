package dev.kodo.heartbeat;

import dev.kodo.agent.Agents;
import dev.kodo.process.ErrorCode;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * The same trouble in a row: beats that ended with the same error, or beats in which the model's
 * choice could not be read, although a table chose and the work was done.
 */
@Component
class Streak {
  /** Beats that asked for no choice lie between those that did. */
  private static final int LOOKED_AT = 20;

  private final BeatStore beats;
  private final BeatRecord record;
  private final Agents agents;

  Streak(BeatStore beats, BeatRecord record, Agents agents) {
    this.beats = beats;
    this.record = record;
    this.agents = agents;
  }

  /** In how many of the last beats in a row it was met; 0 when the last one had none. */
  int length(String agentId) {
    return Math.max(sameErrors(agentId), unreadable(agentId));
  }

  /** What it is: its code and the words of the last time. Empty when the last beat had none. */
  Optional<RecentTrouble> trouble(String agentId) {
    int errors = sameErrors(agentId);
    int unreadable = unreadable(agentId);
    if (Math.max(errors, unreadable) == 0) {
      return Optional.empty();
    }
    boolean error = errors >= unreadable;
    return beats.recent(agentId, LOOKED_AT).stream()
        .flatMap(beat -> (error ? error(beat) : fault(beat)).stream())
        .findFirst()
        .map(what -> new RecentTrouble(Math.max(errors, unreadable), what));
  }

  private int sameErrors(String agentId) {
    return beats.sameErrorCount(agentId, agents.errorsCountAfter(agentId));
  }

  private int unreadable(String agentId) {
    return record.unreadableChoices(agentId, agents.errorsCountAfter(agentId));
  }

  private static Optional<String> error(Beat beat) {
    return Optional.ofNullable(beat.errorCode())
        .map(code -> code + (beat.errorMessage() == null ? "" : ": " + beat.errorMessage()));
  }

  private static Optional<String> fault(Beat beat) {
    return Optional.ofNullable(beat.marks().choiceFault())
        .map(fault -> ErrorCode.CHOICE_UNREADABLE + ": " + fault)
        .or(() -> error(beat).filter(what -> what.startsWith(ErrorCode.CHOICE_UNREADABLE.name())));
  }
}
