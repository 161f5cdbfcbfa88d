package dev.kodo.kernel.problem;

/** The exit codes of the {@code kodo} command. They are part of its contract with scripts. */
public enum ExitCode {
  OK(0, "Done."),
  FAILED(1, "The command failed. The message says why."),
  USAGE(2, "The command line, the configuration or the given input is wrong."),
  MISSING_REQUIREMENT(3, "Something that Kodo needs is not on this machine."),
  NOT_RUNNING(4, "Kodo, or the part that has to answer, is not running."),
  ALREADY(5, "Kodo is already running, or the agent is already beating."),
  PANIC(6, "Stopped by panic. Only `kodo resume` lifts it."),
  PORT_TAKEN(7, "Another program uses a port that Kodo needs."),
  AUDIT_BROKEN(8, "The audit log is not as it was written."),
  BOOKS_TAKEN(9, "Another kernel keeps the books of the database now.");

  private final int number;
  private final String meaning;

  ExitCode(int number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  public int number() {
    return number;
  }

  public String meaning() {
    return meaning;
  }
}
