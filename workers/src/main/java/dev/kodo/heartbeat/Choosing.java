package dev.kodo.heartbeat;

import dev.kodo.config.KodoProperties;
import dev.kodo.model.ModelPort;
import dev.kodo.model.Question;
import dev.kodo.process.ErrorCode;
import dev.kodo.worker.JobFailure;
import dev.kodo.worker.JobRun;
import dev.kodo.workspace.Workspaces;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Chooses the one activity of a beat out of those that the decision table permits. */
@Component
class Choosing {
  /** An answer that came and does not fit, and one that never came as a whole. */
  private static final Set<ErrorCode> UNREADABLE =
      Set.of(ErrorCode.MODEL_ANSWER_INVALID, ErrorCode.OUTCOME_UNKNOWN);

  private final ModelPort model;
  private final BeatMaterial material;
  private final BeatStore beats;
  private final BeatRecord record;
  private final Workspaces workspaces;
  private final KodoProperties properties;

  Choosing(
      ModelPort model,
      BeatMaterial material,
      BeatStore beats,
      BeatRecord record,
      Workspaces workspaces,
      KodoProperties properties) {
    this.model = model;
    this.material = material;
    this.beats = beats;
    this.record = record;
    this.workspaces = workspaces;
    this.properties = properties;
  }

  record Choose(String agentId, String heartbeatId, List<String> permittedActivities) {}

  /**
   * The activity that the beat carries out.
   *
   * @param timeLimit ISO 8601 duration, the usual limit or a longer declared one
   */
  record Chosen(String activity, String reason, String timeLimit) {}

  Chosen choose(Choose input, JobRun run) {
    beats.requireOpen(input.agentId(), input.heartbeatId());
    // The first step of a beat that touches files: a workspace that cannot be written fails here.
    workspaces.of(input.agentId()).prepare();
    List<String> permitted = input.permittedActivities();
    Chosen chosen =
        switch (permitted.size()) {
          case 0 ->
              throw JobFailure.bpmnError(
                  ErrorCode.NOTHING_PERMITTED,
                  "The decision table permitted-activities permits nothing for this beat; give it a row that matches.",
                  null);
          case 1 -> onlyOne(permitted.getFirst());
          default -> askForOne(input, run);
        };
    return run.commit(
        () -> {
          record.recordChoice(
              input.agentId(),
              input.heartbeatId(),
              new BeatRecord.Choice(
                  chosen.activity(),
                  chosen.reason(),
                  permitted.size() == 1 ? ChosenBy.ONLY_ONE : ChosenBy.MODEL,
                  null));
          return chosen;
        });
  }

  private Chosen onlyOne(String activity) {
    String reason =
        switch (Activity.ofId(activity).orElse(Activity.OTHER)) {
          case THEME_START -> "No theme is running, so a theme has to start first.";
          case THEME_PAUSE -> "A person's theme waits, and it goes before one of the agent's own.";
          default -> "Only this activity is permitted now.";
        };
    return new Chosen(activity, reason, properties.heartbeat().timeLimit().toString());
  }

  /**
   * Asks, and tells the diagram of a choice that cannot be read, so that its table chooses instead.
   */
  private Chosen askForOne(Choose input, JobRun run) {
    try {
      return ask(input, run);
    } catch (JobFailure failure) {
      if (failure.meaning() instanceof JobFailure.Meaning.Throw thrown
          && UNREADABLE.contains(thrown.code())) {
        throw JobFailure.bpmnError(ErrorCode.CHOICE_UNREADABLE, failure.reason(), failure);
      }
      throw failure;
    }
  }

  private Chosen ask(Choose input, JobRun run) {
    ActivityChoice choice =
        model
            .ask(
                run,
                new Question<>(
                        ActivityChoice.CONTRACT,
                        input.heartbeatId(),
                        ActivityChoice.CONTRACT.words(),
                        material.forChoice(input.agentId(), input.permittedActivities()))
                    .offering("activity", input.permittedActivities())
                    .atMost("minutes", (int) properties.heartbeat().maxTimeLimit().toMinutes()))
            .value();
    return new Chosen(choice.activity(), choice.reason(), limit(choice.minutes()).toString());
  }

  /**
   * A declared limit counts only when it is longer than the usual one, and never passes the
   * ceiling.
   */
  Duration limit(int declaredMinutes) {
    Duration usual = properties.heartbeat().timeLimit();
    Duration ceiling = properties.heartbeat().maxTimeLimit();
    Duration declared = Duration.ofMinutes(declaredMinutes);
    if (declared.compareTo(usual) <= 0) {
      return usual;
    }
    return declared.compareTo(ceiling) < 0 ? declared : ceiling;
  }
}
