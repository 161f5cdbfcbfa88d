package dev.kodo.kernel.problem;

/** Stable codes of what can go wrong in the kernel: what happened and what to do about it. */
public enum ProblemCode {
  CONFIG_UNKNOWN_KEY(
      ExitCode.USAGE,
      "A settings file holds a key that Kodo does not know.",
      "Use the key that the message proposes, or remove the line."),
  CONFIG_BAD_VALUE(
      ExitCode.USAGE,
      "A value in a settings file does not fit its key.",
      "Write a value of the form that the message names."),
  CONFIG_UNREADABLE(
      ExitCode.USAGE,
      "A settings file cannot be read or is not valid YAML.",
      "Correct the line that the message names."),
  HOME_UNWRITABLE(
      ExitCode.FAILED,
      "Kodo cannot write into its home folder.",
      "Correct the permissions or free some disk space, or set KODO_HOME to another folder."),
  ALREADY_RUNNING(
      ExitCode.ALREADY,
      "A kernel already runs for this home folder.",
      "Use it, or stop it with `kodo down`."),
  NOT_RUNNING(ExitCode.NOT_RUNNING, "No kernel runs.", "Start it with `kodo up`."),
  PANIC_ACTIVE(
      ExitCode.PANIC,
      "A person stopped all agents with `kodo panic`.",
      "Lift it with `kodo resume`."),
  PORT_TAKEN(
      ExitCode.PORT_TAKEN,
      "Another program listens on a port that a part needs.",
      "Stop that program, or set another port in kodo.yml."),
  MAVEN_MISSING(
      ExitCode.MISSING_REQUIREMENT,
      "Maven is needed to fetch the engine or the search engine and is not on the PATH.",
      "Install Maven 3.8 or newer."),
  PLATFORM_UNSUPPORTED(
      ExitCode.MISSING_REQUIREMENT,
      "There is no embedded PostgreSQL for this machine.",
      "Set `database.url` to a PostgreSQL server of your own."),
  USER_NAMESPACE_DENIED(
      ExitCode.MISSING_REQUIREMENT,
      "PostgreSQL does not run as root, and this machine does not permit user namespaces.",
      "Run Kodo as an ordinary user, or set `database.url`."),
  CONFINEMENT_DENIED(
      ExitCode.MISSING_REQUIREMENT,
      "The workers cannot be locked in, and `workers.confined: always` asks for it, or they were before.",
      "Read docs/confinement.md for what the machine must permit, or set `workers.confined: never`."),
  ENGINE_DOWNLOAD_FAILED(
      ExitCode.FAILED,
      "The engine, or the search engine of `kodo up --operate`, could not be fetched.",
      "Check the network and Maven's settings, then run the same command again."),
  ENGINE_CHECKSUM_MISMATCH(
      ExitCode.FAILED,
      "What was fetched is not what was expected. It was removed.",
      "Run the same command again. If it stays so, check the repository that Maven uses."),
  OPERATE_ELSEWHERE(
      ExitCode.USAGE,
      "`kodo up --operate` was asked for, but the engine is an external one.",
      "Use the Operate and Tasklist of that engine, or set `engine.mode: local`."),
  PART_FAILED(
      ExitCode.FAILED,
      "A part did not start, or did not pass its check.",
      "Read its last log lines with `kodo logs <part>`, then run `kodo doctor`."),
  DATABASE_UNREACHABLE(
      ExitCode.FAILED,
      "The database did not accept a connection.",
      "Check `database.url`, the user and the password variable."),
  CONSTITUTION_ALTERED(
      ExitCode.FAILED,
      "The constitution is not the one that this program was built with. Nothing was started.",
      "Install Kodo again from a source that you trust."),
  BOOKS_UNPROTECTED(
      ExitCode.FAILED,
      "The workers' role in the database could change the guard's books.",
      "Let an administrator of the server run the statements in docs/operations.md."),
  BOOKS_OF_ANOTHER(
      ExitCode.FAILED,
      "The guard's books in this database belong to another home, or another kernel keeps them now.",
      "Stop the other kernel, use the KODO_HOME that wrote the books, or give this one a database of its own."),
  BOOKS_TAKEN(
      ExitCode.BOOKS_TAKEN,
      "Another kernel has taken over the guard's books in this database, so this one stopped.",
      "Keep one kernel for a database: stop the other one, then start this one again."),
  BOOKS_UNUSABLE(
      ExitCode.FAILED,
      "The guard's books in the database could not be opened.",
      "Read `kodo logs postgres`; at a server of your own, see docs/operations.md."),
  ENGINE_RECORDS_UNUSABLE(
      ExitCode.FAILED,
      "The tables for the engine's records could not be opened.",
      "Read `kodo logs postgres`; at a server of your own, see docs/operations.md."),
  AUDIT_KEY_UNUSABLE(
      ExitCode.FAILED,
      "The key that signs the audit log is missing or does not fit its public half.",
      "Bring both files back from a backup; `kodo up --fresh` begins a new log instead."),
  AUDIT_BROKEN(
      ExitCode.AUDIT_BROKEN,
      "The audit log is not as it was written.",
      "Keep the database and KODO_HOME/audit as they are; the report names the places."),
  GUARD_UNREACHABLE(
      ExitCode.NOT_RUNNING,
      "The guard did not answer.",
      "Look at `kodo status` and `kodo logs kernel`."),
  BUDGET_INVALID(
      ExitCode.USAGE,
      "An amount of money or its unit is not understood.",
      "Write it like `kodo budget set 5/day`."),
  WORKERS_UNREACHABLE(
      ExitCode.NOT_RUNNING,
      "The workers did not answer.",
      "Look at `kodo status` and `kodo logs workers`."),
  WORKERS_REFUSED(
      ExitCode.FAILED, "The workers answered with an error.", "The message says what to do."),
  AGENT_ALREADY_BEATING(
      ExitCode.ALREADY,
      "The agent is in a heartbeat now.",
      "Wait until it closes. `kodo status` shows it."),
  AGENT_NOT_BEATING(
      ExitCode.FAILED,
      "The agent cannot beat in its present state.",
      "Look at `kodo status` and `kodo approvals`."),
  DIAGRAM_UNREADABLE(
      ExitCode.USAGE,
      "A diagram cannot be found, or cannot be drawn.",
      "Open the file in Camunda Modeler and save it again."),
  DECISION_UNKNOWN(
      ExitCode.USAGE, "There is no open decision of this id.", "List them with `kodo approvals`."),
  DECISION_CHANGED(
      ExitCode.FAILED,
      "The question is no longer the text that you were shown. It was not answered.",
      "Read its present text, which was printed just now; then give the same command again."),
  DECISION_UNREAD(
      ExitCode.FAILED,
      "The question is about money and was not shown before. It was not answered.",
      "Read it, it was printed just now; then give the same command again."),
  THEME_REJECTED(
      ExitCode.USAGE,
      "The theme cannot be taken.",
      "The message says what is wrong with it. Nothing was written."),
  ROUTINE_INVALID(
      ExitCode.USAGE,
      "The name of a routine cannot be used.",
      "Use small letters a-z, digits and hyphens, such as morning-news."),
  AGENT_UNKNOWN(
      ExitCode.USAGE, "No agent of this name is configured.", "See `agents` in kodo.yml."),
  CANCELLED(ExitCode.FAILED, "The command was cancelled. Nothing was changed.", "-"),
  FRESH_REFUSED(
      ExitCode.USAGE,
      "The data cannot be wiped safely.",
      "The message says what to remove by hand."),
  UNEXPECTED(
      ExitCode.FAILED,
      "Something happened that Kodo does not know.",
      "Report it with the log lines of `kodo logs kernel`.");

  private final ExitCode exitCode;
  private final String happened;
  private final String next;

  ProblemCode(ExitCode exitCode, String happened, String next) {
    this.exitCode = exitCode;
    this.happened = happened;
    this.next = next;
  }

  public ExitCode exitCode() {
    return exitCode;
  }

  public String happened() {
    return happened;
  }

  public String next() {
    return next;
  }
}
