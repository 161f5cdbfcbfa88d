package dev.kodo.heartbeat;

import dev.kodo.process.ErrorCode;
import dev.kodo.worker.JobStep;
import dev.kodo.worker.JobSteps;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The jobs that people build with in diagrams of their own; they belong to the beat that runs. */
@Component
class BuildingBlockWorker implements JobSteps {
  private final Asking asking;
  private final Keeping keeping;

  BuildingBlockWorker(Asking asking, Keeping keeping) {
    this.asking = asking;
    this.keeping = keeping;
  }

  @Override
  public List<JobStep<?, ?>> steps() {
    return List.of(
        new JobStep<>(
            "model-ask",
            "Ask model",
            "Puts a question of yours to the model, keeps the whole answer as a file beside the theme's artifacts, and leaves its path and the answer that was chosen.",
            Asking.Ask.class,
            Asking.Asked.class,
            ErrorCode.OF_ASKING,
            asking::ask),
        new JobStep<>(
            "artifact-write",
            "Write artifact",
            "Writes a text and copies of files into a new file beside the theme's artifacts, and leaves its path. Asks no model.",
            Keeping.Keep.class,
            Keeping.Kept.class,
            Set.of(ErrorCode.WORKSPACE_UNWRITABLE),
            keeping::keep));
  }
}
