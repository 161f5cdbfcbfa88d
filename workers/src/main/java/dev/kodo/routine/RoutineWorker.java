package dev.kodo.routine;

import dev.kodo.process.ErrorCode;
import dev.kodo.worker.JobStep;
import dev.kodo.worker.JobSteps;
import dev.kodo.worker.Nothing;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The jobs of the diagrams {@code routine-scheduler} and {@code routine-run}. */
@Component
class RoutineWorker implements JobSteps {
  private final Looking looking;
  private final Starting starting;
  private final Running running;

  RoutineWorker(Looking looking, Starting starting, Running running) {
    this.looking = looking;
    this.starting = starting;
    this.running = running;
  }

  @Override
  public List<JobStep<?, ?>> steps() {
    return List.of(
        new JobStep<>(
            "routine-look",
            "Look for due routines",
            "Finds the routines that are due, and says when to look again.",
            Looking.Look.class,
            Looking.Looked.class,
            Set.of(),
            looking::look),
        new JobStep<>(
            "routine-start",
            "Begin runs",
            "Begins a run of each routine that is due, with its limits.",
            Starting.Start.class,
            Starting.Started.class,
            Set.of(),
            starting::start),
        new JobStep<>(
            "routine-carry-out",
            "Carry out instruction",
            "Lets the model carry an instruction out, within the limits of the run, and keeps the result as a file. In a diagram of your own the field Instruction says what for.",
            Running.OfRun.class,
            Running.Carried.class,
            Set.of(
                ErrorCode.MODEL_UNAVAILABLE,
                ErrorCode.MODEL_ANSWER_INVALID,
                ErrorCode.BUDGET_EXCEEDED,
                ErrorCode.LIMIT_REACHED,
                ErrorCode.OUTCOME_UNKNOWN,
                ErrorCode.WORKSPACE_UNWRITABLE),
            running::carryOut),
        new JobStep<>(
            "routine-close",
            "Close run",
            "Records how a run ended and what it took; a run without a file gets one that says so.",
            Running.Ended.class,
            Nothing.class,
            Set.of(),
            running::close));
  }
}
