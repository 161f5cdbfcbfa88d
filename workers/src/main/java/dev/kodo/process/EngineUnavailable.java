package dev.kodo.process;

/** The engine was not there, or did not take a command that it should have taken. */
public final class EngineUnavailable extends RuntimeException {
  public EngineUnavailable(Throwable cause) {
    super("The engine did not take the command: " + cause.getMessage(), cause);
  }
}
