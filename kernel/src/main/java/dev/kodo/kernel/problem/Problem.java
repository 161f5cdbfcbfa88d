package dev.kodo.kernel.problem;

import org.jspecify.annotations.Nullable;

/** An expected failure: a code, one sentence with the values, and the next step. */
public final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ProblemCode code;
  private final String next;

  public Problem(ProblemCode code, String message) {
    this(code, message, code.next(), null);
  }

  public Problem(ProblemCode code, String message, String next) {
    this(code, message, next, null);
  }

  public Problem(ProblemCode code, String message, String next, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
    this.next = next;
  }

  public ProblemCode code() {
    return code;
  }

  /** What the reader can do now. */
  public String next() {
    return next;
  }

  public String sentence() {
    return String.valueOf(getMessage());
  }
}
