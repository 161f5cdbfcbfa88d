package dev.kodo.process;

import java.util.List;

/**
 * What became of one file.
 *
 * @param version the engine's version number, of the last deployment when the file is unchanged; 0
 *     when nothing was deployed
 * @param problems why it was refused, each with its remedy
 */
public record DeploymentResult(String resource, Kind kind, int version, List<String> problems) {
  /** Outcome for one file. */
  public enum Kind {
    DEPLOYED,
    /** Would be deployed; this was a dry run. */
    CHANGED,
    UNCHANGED,
    REFUSED
  }

  public DeploymentResult {
    problems = List.copyOf(problems);
  }
}
