package dev.kodo.worker;

/** The output of a job that sets no variables. */
public record Nothing() {
  public static final Nothing NOTHING = new Nothing();
}
