package dev.kodo.worker;

import dev.kodo.process.ErrorCode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A job that did not succeed, carrying what that means for the engine. Thrown by features, mapped
 * to a command by {@link JobExecution}.
 */
public class JobFailure extends RuntimeException {
  private final transient Meaning meaning;

  protected JobFailure(Meaning meaning, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.meaning = meaning;
  }

  /** What the engine is to do about a failed job. */
  public sealed interface Meaning {
    /**
     * Try again after a back-off; each try uses up one of the job's retries. When none is left: the
     * BPMN error {@code thenThrow}, or an incident when it is null.
     *
     * @param atLeast how long the back-off has to be; zero when the usual one will do
     */
    record Retry(@Nullable ErrorCode thenThrow, Duration atLeast) implements Meaning {
      public Retry(@Nullable ErrorCode thenThrow) {
        this(thenThrow, Duration.ZERO);
      }
    }

    /**
     * Try again after {@code delay} without using up a retry: nothing is wrong, it is only too
     * early.
     */
    record Postpone(Duration delay) implements Meaning {}

    /** A modelled outcome: throw this BPMN error now. */
    record Throw(ErrorCode code) implements Meaning {}

    /**
     * The engine no longer wants this job (interrupted or cancelled): say nothing, leave no effect.
     */
    record Abandon() implements Meaning {}
  }

  public static JobFailure retry(String message, @Nullable Throwable cause) {
    return new JobFailure(new Meaning.Retry(null), message, cause);
  }

  /**
   * Try again; when the retries are used up, throw {@code thenThrow}.
   *
   * @param atLeast how long to wait before the next try
   */
  public static JobFailure retryThenThrow(ErrorCode thenThrow, Duration atLeast, String message) {
    return new JobFailure(new Meaning.Retry(thenThrow, atLeast), message, null);
  }

  public static JobFailure postpone(Duration delay, String message) {
    return new JobFailure(new Meaning.Postpone(delay), message, null);
  }

  public static JobFailure bpmnError(ErrorCode code, String message, @Nullable Throwable cause) {
    return new JobFailure(new Meaning.Throw(code), message, cause);
  }

  public static JobFailure abandoned(String message) {
    return new JobFailure(new Meaning.Abandon(), message, null);
  }

  public Meaning meaning() {
    return meaning;
  }

  /** The message; never null, unlike {@link #getMessage()} of an arbitrary exception. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
