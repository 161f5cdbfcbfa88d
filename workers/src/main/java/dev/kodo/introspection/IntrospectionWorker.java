package dev.kodo.introspection;

import dev.kodo.process.ErrorCode;
import dev.kodo.theme.Artifact;
import dev.kodo.theme.CutMark;
import dev.kodo.theme.Theme;
import dev.kodo.theme.Themes;
import dev.kodo.worker.JobFailure;
import dev.kodo.worker.JobRun;
import dev.kodo.worker.JobStep;
import dev.kodo.worker.JobSteps;
import dev.kodo.worker.Nothing;
import dev.kodo.workspace.Workspaces;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The job types of the process {@code introspection}. */
@Component
class IntrospectionWorker implements JobSteps {
  private final EvidenceGathering gathering;
  private final SelfEvaluation evaluation;
  private final IntrospectionStore store;
  private final Themes themes;
  private final Workspaces workspaces;

  IntrospectionWorker(
      EvidenceGathering gathering,
      SelfEvaluation evaluation,
      IntrospectionStore store,
      Themes themes,
      Workspaces workspaces) {
    this.gathering = gathering;
    this.evaluation = evaluation;
    this.store = store;
    this.themes = themes;
    this.workspaces = workspaces;
  }

  /**
   * Variables of each job.
   *
   * @param themeId null between two themes: when little is left to spend, looking back is all that
   *     is permitted then
   */
  record Beat(String agentId, String heartbeatId, @Nullable String themeId) {
    Beat {
      Objects.requireNonNull(heartbeatId, "heartbeatId");
    }
  }

  record Written(String artifactPath) {}

  @Override
  public List<JobStep<?, ?>> steps() {
    return List.of(
        new JobStep<>(
            "introspection-gather",
            "Gather evidence",
            "Counts the latest beats, failures, rejected files, unread feedback and scores.",
            Beat.class,
            Nothing.class,
            Set.of(ErrorCode.WORKSPACE_UNWRITABLE),
            this::gather),
        new JobStep<>(
            "introspection-evaluate",
            "Evaluate self",
            "Asks the model to judge the latest beats: score, account, one proposal.",
            Beat.class,
            Nothing.class,
            ErrorCode.OF_ASKING,
            this::evaluate),
        new JobStep<>(
            "introspection-write",
            "Write evaluation",
            "Writes the evaluation as an artifact of the theme, or beside all themes when none runs.",
            Beat.class,
            Written.class,
            Set.of(ErrorCode.WORKSPACE_UNWRITABLE),
            this::write));
  }

  private Nothing gather(Beat in, JobRun run) {
    Evidence evidence = gathering.gather(run.agentId(), in.heartbeatId());
    return run.commit(
        () -> {
          store.saveEvidence(run.agentId(), in.heartbeatId(), evidence);
          return Nothing.NOTHING;
        });
  }

  private Nothing evaluate(Beat in, JobRun run) {
    Evidence evidence = evidence(in, run);
    Evaluation judged = evaluation.evaluate(in.heartbeatId(), theme(in, run), evidence, run);
    return run.commit(
        () -> {
          if (!store.saveEvaluation(run.agentId(), in.heartbeatId(), judged)) {
            throw missing("evidence", in, run);
          }
          return Nothing.NOTHING;
        });
  }

  private Written write(Beat in, JobRun run) {
    @Nullable Theme theme = theme(in, run);
    Evaluation judged =
        store
            .evaluation(run.agentId(), in.heartbeatId())
            .orElseThrow(() -> missing("evaluation", in, run));
    String path =
        new Artifact(
                Theme.folderOf(theme) + "/" + in.heartbeatId() + "_introspection.md",
                CutMark.on(
                    Artifact.head(run, in.heartbeatId(), "introspect", in.themeId(), judged.use())
                        .with("score", judged.score()),
                    judged.cut()),
                body(judged, evidence(in, run)))
            .save(run, workspaces.of(run.agentId()), "Look back at the latest beats");
    return run.commit(() -> new Written(path));
  }

  private static String body(Evaluation judged, Evidence evidence) {
    return """
    # Introspection: %d of 10

    %s

    %s

    ## Proposal

    %s

    ## Evidence

    - %s
    """
        .formatted(
            judged.score(),
            judged.summary(),
            CutMark.below(judged.body(), judged.cut()),
            judged.proposal(),
            evidence.lines().replace("\n", "\n- "));
  }

  private Evidence evidence(Beat in, JobRun run) {
    return store
        .evidence(run.agentId(), in.heartbeatId())
        .orElseThrow(() -> missing("evidence", in, run));
  }

  private @Nullable Theme theme(Beat in, JobRun run) {
    String id = in.themeId();
    return id == null
        ? null
        : themes.find(run.agentId(), id).orElseThrow(() -> missing("theme " + id, in, run));
  }

  private static JobFailure missing(String what, Beat in, JobRun run) {
    return JobFailure.retry(
        "Expected the %s of beat %s of %s but there is none. Check the variables of the process."
            .formatted(what, in.heartbeatId(), run.agentId()),
        null);
  }
}
