package dev.kodo.worker;

import dev.kodo.process.ErrorCode;
import java.lang.reflect.RecordComponent;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One job type of the body: what the diagrams may call, with its declared input, output and errors.
 * Input and output are records whose components are the process variables.
 *
 * @param type job type as in the BPMN file
 * @param name what the task is called on a diagram: verb and object
 * @param summary one sentence for a person who models
 * @param errors BPMN errors that the job may throw
 */
public record JobStep<I, O>(
    String type,
    String name,
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

  /**
   * Whether people build with it in diagrams of their own: it has fields to fill in. The others
   * have their places on Kodo's diagrams.
   */
  public boolean isBuildingBlock() {
    return inputs().anyMatch(input -> input.isAnnotationPresent(Field.class));
  }

  /** Names of the fields that a task with this job must not leave empty. */
  public Set<String> fieldsToFill() {
    return inputs()
        .filter(input -> input.isAnnotationPresent(Field.class))
        .filter(input -> !input.getAnnotatedType().isAnnotationPresent(Nullable.class))
        .map(RecordComponent::getName)
        .collect(Collectors.toUnmodifiableSet());
  }

  private Stream<RecordComponent> inputs() {
    return Stream.of(input.getRecordComponents());
  }
}
