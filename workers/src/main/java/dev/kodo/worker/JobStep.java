package dev.kodo.worker;

import dev.kodo.process.ErrorCode;
import java.util.Set;

/**
 * One job type of the body: what the diagrams may call, with its declared input, output and errors.
 * Input and output are records whose components are the process variables.
 *
 * @param type job type as in the BPMN file
 * @param summary one sentence for a person who models
 * @param errors BPMN errors that the job may throw
 */
public record JobStep<I, O>(
    String type,
    String summary,
    Class<I> input,
    Class<O> output,
    Set<ErrorCode> errors,
    Work<I, O> work) {
  /**
   * The work itself. It ends with {@link JobRun#commit}, so that its rows and its result are stored
   * together.
   */
  @FunctionalInterface
  public interface Work<I, O> {
    O run(I input, JobRun run);
  }

  public JobStep {
    errors = Set.copyOf(errors);
  }
}
