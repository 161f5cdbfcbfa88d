package dev.kodo.kernel.problem;

/** The tables of the documentation, generated so that they cannot differ from the code. */
public final class ProblemReference {
  private ProblemReference() {}

  public static String exitCodes() {
    StringBuilder table = new StringBuilder("| exit code | meaning |\n|---|---|\n");
    for (ExitCode code : ExitCode.values()) {
      table.append("| ").append(code.number()).append(" | ").append(code.meaning()).append(" |\n");
    }
    return table.toString();
  }

  public static String errors() {
    StringBuilder table =
        new StringBuilder("| code | what happened | what to do | exit code |\n|---|---|---|---|\n");
    for (ProblemCode code : ProblemCode.values()) {
      table
          .append("| `")
          .append(code)
          .append("` | ")
          .append(code.happened())
          .append(" | ")
          .append(code.next())
          .append(" | ")
          .append(code.exitCode().number())
          .append(" |\n");
    }
    return table.toString();
  }
}
