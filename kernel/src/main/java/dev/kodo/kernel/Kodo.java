package dev.kodo.kernel;

import dev.kodo.kernel.cli.Cli;
import dev.kodo.kernel.cli.Session;

/** Entry point of the {@code kodo} command. */
public final class Kodo {
  private Kodo() {}

  public static void main(String[] args) {
    System.exit(new Cli(Session.ofThisProcess()).run(args));
  }
}
