package dev.kodo.routine;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run of a routine.
 *
 * @param runId {@code YYYYMMDDHHMMSS}, unique for the agent; names the file that the run leaves
 * @param startedBy the trigger, on its first line; what came with it below
 * @param processId the diagram that is called, null when the model carries out an instruction
 * @param instruction what the model carries out, as it stood in the file when the run began
 * @param capUsd US dollars that this run may spend
 * @param spendUsd null while it runs, and when the price of any call is unknown
 * @param artifact path in the workspace
 */
public record Run(
    String agentId,
    String runId,
    String routine,
    String startedBy,
    @Nullable String processId,
    @Nullable String instruction,
    BigDecimal capUsd,
    int capCalls,
    Duration timeLimit,
    long processInstanceKey,
    Instant startedAt,
    @Nullable Instant endedAt,
    String outcome,
    @Nullable String errorCode,
    @Nullable String errorMessage,
    @Nullable BigDecimal spendUsd,
    int calls,
    @Nullable String artifact) {
  static final String RUNNING = "running";
  static final String LIMIT_REACHED = "limit-reached";
  static final String STOPPED = "stopped";

  /** A run that begins now. */
  static Run begins(
      String agentId,
      String runId,
      Routine routine,
      String startedBy,
      BigDecimal cap,
      Begin begin) {
    return new Run(
        agentId,
        runId,
        routine.name(),
        startedBy,
        routine.work() instanceof Routine.Work.Call call ? call.processId() : null,
        routine.work() instanceof Routine.Work.Instruct instruct ? instruct.text() : null,
        cap,
        routine.limits().calls(),
        routine.limits().time(),
        begin.processInstanceKey(),
        begin.at(),
        null,
        RUNNING,
        null,
        null,
        null,
        0,
        null);
  }

  /** Who begins a run, and when. */
  record Begin(long processInstanceKey, Instant at) {}

  /** The same run, ended. */
  Run ended(Instant at, String how, @Nullable String code, @Nullable String message, Use use) {
    return new Run(
        agentId,
        runId,
        routine,
        startedBy,
        processId,
        instruction,
        capUsd,
        capCalls,
        timeLimit,
        processInstanceKey,
        startedAt,
        at,
        how,
        code,
        message,
        use.usd(),
        use.calls(),
        artifact);
  }

  /** The same run with the file that it leaves. */
  Run leaving(@Nullable String path) {
    return new Run(
        agentId,
        runId,
        routine,
        startedBy,
        processId,
        instruction,
        capUsd,
        capCalls,
        timeLimit,
        processInstanceKey,
        startedAt,
        endedAt,
        outcome,
        errorCode,
        errorMessage,
        spendUsd,
        calls,
        path);
  }

  /** What a run took; {@code usd} is null when a price is unknown. */
  record Use(@Nullable BigDecimal usd, int calls) {
    static final Use NOTHING = new Use(BigDecimal.ZERO, 0);
  }

  /** The trigger without what came with it. */
  String cause() {
    return startedBy.lines().findFirst().orElse("");
  }

  /** The new files that came with the trigger, whatever else started the run beside them. */
  List<String> addedFiles() {
    List<String> lines = startedBy.lines().toList();
    int from = lines.indexOf(Trigger.FILE_ADDED);
    return from < 0
        ? List.of()
        : lines.stream().skip(from + 1L).filter(line -> !line.equals(Trigger.BY_HAND)).toList();
  }

  /** The name under which the guard and the record of calls keep this run's account. */
  public String account() {
    return "routine/" + routine + "/" + runId;
  }
}
