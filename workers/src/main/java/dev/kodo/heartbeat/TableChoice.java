package dev.kodo.heartbeat;

import dev.kodo.config.KodoProperties;
import dev.kodo.process.ErrorCode;
import dev.kodo.worker.JobFailure;
import dev.kodo.worker.JobRun;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Takes down what the decision table chose in place of a model whose choice cannot be read. */
@Component
class TableChoice {
  private static final String NO_REASON = "its answer did not fit";

  private final BeatStore beats;
  private final BeatRecord record;
  private final KodoProperties properties;

  TableChoice(BeatStore beats, BeatRecord record, KodoProperties properties) {
    this.beats = beats;
    this.record = record;
    this.properties = properties;
  }

  /**
   * What the diagram hands over.
   *
   * @param tableChoice null where the table may take nothing of what is permitted
   * @param whyUnreadable why the model's choice could not be read, in a sentence
   * @param beatsSince how many beats ago each activity was tried in this theme
   */
  record Made(
      String agentId,
      String heartbeatId,
      @Nullable String tableChoice,
      @Nullable String whyUnreadable,
      @Nullable Map<String, Integer> beatsSince) {}

  Choosing.Chosen record(Made input, JobRun run) {
    beats.requireOpen(input.agentId(), input.heartbeatId());
    String fault = input.whyUnreadable() == null ? NO_REASON : input.whyUnreadable();
    if (input.tableChoice() == null) {
      throw JobFailure.bpmnError(
          ErrorCode.CHOICE_UNREADABLE,
          "The table choice-without-model begins and ends no theme, and nothing else is permitted. "
              + fault,
          null);
    }
    Choosing.Chosen chosen =
        new Choosing.Chosen(
            input.tableChoice(),
            reason(input.tableChoice(), input.beatsSince(), fault),
            properties.heartbeat().timeLimit().toString());
    return run.commit(
        () -> {
          record.recordChoice(
              input.agentId(),
              input.heartbeatId(),
              new BeatRecord.Choice(chosen.activity(), chosen.reason(), ChosenBy.TABLE, fault));
          return chosen;
        });
  }

  private static String reason(
      String activity, @Nullable Map<String, Integer> beatsSince, String fault) {
    @Nullable Integer since = beatsSince == null ? null : beatsSince.get(activity);
    return "The table chose, because the model gave no choice that could be used: %s %s Of what is permitted, %s %s."
        .formatted(
            fault,
            fault.endsWith(".") ? "" : "—",
            activity,
            since == null ? "was never done in this theme" : "was done longest ago in this theme")
        .replace("  ", " ");
  }
}
