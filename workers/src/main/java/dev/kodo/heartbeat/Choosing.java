package dev.kodo.heartbeat;

import dev.kodo.config.KodoProperties;
import dev.kodo.model.ModelPort;
import dev.kodo.model.Question;
import dev.kodo.model.Section;
import dev.kodo.process.ErrorCode;
import dev.kodo.worker.JobFailure;
import dev.kodo.worker.JobRun;
import dev.kodo.workspace.Workspaces;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Chooses the one activity of a beat out of those that the decision table permits. */
@Component
class Choosing {
  private static final String INSTRUCTION =
      """
      Choose the one activity for this heartbeat. Only the permitted activities are open to you.
      Keep thinking, observing, creating and introspecting in balance over the recent beats: do not repeat what was just
      done while another kind of work is overdue. Choose theme-end only when the theme has been explored well: each kind
      of activity has been done, and one more beat would add little.
      Justify the choice in exactly one sentence that names the balance. If the activity will need more time than usual,
      say how many minutes; otherwise 0.
      """;

  private final ModelPort model;
  private final BeatMaterial material;
  private final BeatStore beats;
  private final Workspaces workspaces;
  private final KodoProperties properties;

  Choosing(
      ModelPort model,
      BeatMaterial material,
      BeatStore beats,
      Workspaces workspaces,
      KodoProperties properties) {
    this.model = model;
    this.material = material;
    this.beats = beats;
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
    Chosen chosen =
        switch (input.permittedActivities().size()) {
          case 0 ->
              throw JobFailure.bpmnError(
                  ErrorCode.NOTHING_PERMITTED,
                  "The decision table permitted-activities permits nothing for this beat; give it a row that matches.",
                  null);
          case 1 -> onlyOne(input.permittedActivities().getFirst());
          default -> ask(input, run);
        };
    return run.commit(
        () -> {
          beats.recordChoice(
              input.agentId(), input.heartbeatId(), chosen.activity(), chosen.reason());
          return chosen;
        });
  }

  private Chosen onlyOne(String activity) {
    String reason =
        activity.equals(Activity.THEME_START.id())
            ? "No theme is running, so a theme has to start first."
            : "Only this activity is permitted now.";
    return new Chosen(activity, reason, properties.heartbeat().timeLimit().toString());
  }

  private Chosen ask(Choose input, JobRun run) {
    Section permitted =
        new Section("Permitted activities", String.join("\n", input.permittedActivities()));
    ActivityChoice choice =
        model
            .ask(
                run,
                new Question<>(
                        ActivityChoice.CONTRACT,
                        input.heartbeatId(),
                        INSTRUCTION,
                        material.forChoice(input.agentId(), permitted))
                    .refusing(said -> fault(said, input.permittedActivities())))
            .value();
    return new Chosen(choice.activity(), choice.reason(), limit(choice.minutes()).toString());
  }

  /** What the model is told when it chose something else, so that it can choose again. */
  private static Optional<String> fault(ActivityChoice said, List<String> permitted) {
    return permitted.contains(said.activity())
        ? Optional.empty()
        : Optional.of(
            "names an 'activity' that is not permitted now; permitted are "
                + String.join(", ", permitted));
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
