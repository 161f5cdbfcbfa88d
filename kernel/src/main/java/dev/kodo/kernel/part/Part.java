package dev.kodo.kernel.part;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A program that the kernel keeps running. */
public interface Part {
  String name();

  /** How it would be started now. Changes nothing: the part may be running. */
  PartCommand command() throws IOException;

  /** Makes the files that a start needs. Only called when the part surely does not run. */
  default void prepare() throws IOException {}

  /**
   * Returns when the part really does its work, throws when it does not. Bounded in time.
   *
   * @throws OutsideTrouble when no restart of the part would help
   */
  void check() throws Exception;

  Timing timing();

  /** Ports it will listen on, each with the configuration key that changes it. */
  Map<String, Integer> ports();

  /** While this file exists the part must not run. */
  default Optional<Path> holdFlag() {
    return Optional.empty();
  }

  /** A folder for the part's temporary files, emptied before each start. */
  default Optional<Path> scratch() {
    return Optional.empty();
  }

  /**
   * Kills what the part started and what then left its session and all its ancestors.
   *
   * @return false when something still lives after the given time
   */
  default boolean killStrays(Duration patience) {
    return true;
  }

  /** Asks for a clean end; the kernel waits and then kills. */
  default void askToEnd(ProcessHandle process) {
    process.destroy();
  }
}
