package dev.kodo.heartbeat;

import dev.kodo.process.ErrorCode;
import dev.kodo.worker.Field;
import dev.kodo.worker.JobRun;
import dev.kodo.worker.JobStep;
import dev.kodo.worker.JobSteps;
import dev.kodo.worker.Nothing;
import dev.kodo.worker.TaskHeader;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The jobs that frame every beat: open, recover, write the log, check completion, close. */
@Component
class HeartbeatWorker implements JobSteps {
  private final Opening opening;
  private final ActivityLog activityLog;
  private final CompletionContract contract;
  private final BeatStore beats;
  private final Streak streak;

  HeartbeatWorker(
      Opening opening,
      ActivityLog activityLog,
      CompletionContract contract,
      BeatStore beats,
      Streak streak) {
    this.opening = opening;
    this.activityLog = activityLog;
    this.contract = contract;
    this.beats = beats;
    this.streak = streak;
  }

  record Recover(String agentId, String heartbeatId, String crashedHeartbeatId) {}

  record WriteLog(
      String agentId,
      String heartbeatId,
      @Nullable String activityEnd,
      @Nullable String errorCode,
      @Nullable String errorMessage,
      @Nullable String artifactPath,
      @Nullable String tier) {}

  record LogWritten(String logPath) {}

  record OfBeat(String agentId, String heartbeatId) {}

  /** {@code heartbeatId} is absent when the beat was cut off before it had one. */
  @TaskHeader(
      key = "result",
      label = "Result",
      hint = "How the beat comes to its end here.",
      choices = {
        @Field.Choice(label = "It came to its end", value = "closed"),
        @Field.Choice(label = "Its log or artifact is missing", value = "incomplete"),
        @Field.Choice(label = "A step hung", value = "overdue")
      })
  record Close(
      String agentId,
      @Nullable String heartbeatId,
      @Nullable String activityEnd,
      @Nullable String errorCode,
      @Nullable String errorMessage,
      @Nullable String missing) {}

  /**
   * How the beat ended.
   *
   * @param outcome {@code closed}, {@code failed}, {@code cut-short} or {@code incomplete}
   * @param sameErrorCount how many beats in a row met this beat's trouble: its error, or a choice
   *     of the model that could not be read; 0 without one
   */
  record Closed(String outcome, int sameErrorCount) {}

  @Override
  public List<JobStep<?, ?>> steps() {
    return List.of(
        new JobStep<>(
            "heartbeat-open",
            "Open heartbeat",
            "Gives the beat its id and finds out whether the beat before closed, still runs, or crashed.",
            Opening.OpenBeat.class,
            Opening.Opened.class,
            Set.of(),
            opening::open),
        new JobStep<>(
            "heartbeat-recover",
            "Recover heartbeat",
            "Writes the log of a beat that never closed.",
            Recover.class,
            Nothing.class,
            Set.of(ErrorCode.WORKSPACE_UNWRITABLE),
            this::recover),
        new JobStep<>(
            "heartbeat-log",
            "Write activity log",
            "Writes the activity log of the beat, whatever became of the activity.",
            WriteLog.class,
            LogWritten.class,
            Set.of(ErrorCode.WORKSPACE_UNWRITABLE),
            this::log),
        new JobStep<>(
            "heartbeat-verify",
            "Check completion",
            "Checks that the log and the promised artifact really exist.",
            OfBeat.class,
            CompletionContract.Verdict.class,
            Set.of(),
            this::verify),
        new JobStep<>(
            "heartbeat-close",
            "Close heartbeat",
            "Ends the beat in the record and counts the same trouble in a row.",
            Close.class,
            Closed.class,
            Set.of(),
            this::close));
  }

  private Nothing recover(Recover input, JobRun run) {
    activityLog.writeForCrashed(
        beats.get(input.agentId(), input.crashedHeartbeatId()), input.heartbeatId(), run);
    return run.commit(() -> Nothing.NOTHING);
  }

  private LogWritten log(WriteLog input, JobRun run) {
    Beat beat = beats.get(input.agentId(), input.heartbeatId());
    BeatStore.LogEntry entry = activityLog.write(beat, input, run);
    return run.commit(
        () -> {
          beats.recordLog(input.agentId(), input.heartbeatId(), entry);
          return new LogWritten(entry.logPath());
        });
  }

  private CompletionContract.Verdict verify(OfBeat input, JobRun run) {
    CompletionContract.Verdict verdict =
        contract.check(beats.get(input.agentId(), input.heartbeatId()));
    return run.commit(() -> verdict);
  }

  private Closed close(Close input, JobRun run) {
    String result = run.identity().headers().getOrDefault("result", "closed");
    if (input.heartbeatId() == null) {
      return run.commit(
          () -> new Closed(BeatState.INCOMPLETE.id(), streak.length(input.agentId())));
    }
    String id = input.heartbeatId();
    BeatStore.Trouble trouble = trouble(input, result);
    boolean failed = trouble != null || beats.get(input.agentId(), id).errorCode() != null;
    BeatState state =
        switch (result) {
          case "incomplete", "overdue" -> BeatState.INCOMPLETE;
          default -> failed ? BeatState.FAILED : finished(input);
        };
    return run.commit(
        () -> {
          beats.end(input.agentId(), id, state, trouble);
          return new Closed(state.id(), streak.length(input.agentId()));
        });
  }

  private static BeatState finished(Close input) {
    return ActivityEnd.CUT_SHORT.equals(input.activityEnd())
        ? BeatState.CUT_SHORT
        : BeatState.CLOSED;
  }

  private static BeatStore.@Nullable Trouble trouble(Close input, String result) {
    if (result.equals("overdue")) {
      return new BeatStore.Trouble(
          "BEAT_OVERDUE", "A step of the beat hung, and its overall limit was reached.");
    }
    if (input.errorCode() != null) {
      return new BeatStore.Trouble(input.errorCode(), String.valueOf(input.errorMessage()));
    }
    return result.equals("incomplete") ? unmet(input) : null;
  }

  private static BeatStore.Trouble unmet(Close input) {
    String missing =
        input.missing() == null || input.missing().isBlank() ? "the activity log" : input.missing();
    return new BeatStore.Trouble("CONTRACT_UNMET", "Missing: " + missing);
  }
}
