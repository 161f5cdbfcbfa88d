package dev.kodo.model;

import dev.kodo.worker.JobFailure;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How good a model a question deserves. Each class has its own list of providers. */
public enum ModelClass {
  BEST,
  CHEAP,
  MINIMAL;

  /** The form used in the models file, in variables and in the status. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<ModelClass> find(String id) {
    return Arrays.stream(values()).filter(known -> known.id().equals(id)).findFirst();
  }

  /**
   * The class that a job asks for.
   *
   * @throws JobFailure (retry, then an incident) when there is none of this name
   */
  static ModelClass of(String id) {
    return find(id)
        .orElseThrow(
            () ->
                JobFailure.retry(
                    "Expected a variable 'modelClass' that is one of %s but got '%s'."
                        .formatted(ids(), id),
                    null));
  }

  static String ids() {
    return Arrays.stream(values()).map(ModelClass::id).collect(Collectors.joining(", "));
  }
}
