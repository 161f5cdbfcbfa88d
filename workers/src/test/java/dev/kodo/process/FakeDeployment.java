package dev.kodo.process;

import java.util.ArrayList;
import java.util.List;

/** A deployment that says what it is told to say, and remembers what was asked of it. */
public final class FakeDeployment extends Deployment {
  private final List<String> asked = new ArrayList<>();
  private final List<DeploymentResult> results;
  private final boolean hasDeployed;

  @SuppressWarnings("NullAway") // Every question is answered here.
  public FakeDeployment(boolean hasDeployed, DeploymentResult... results) {
    super(null, null, null, null, null, null);
    this.hasDeployed = hasDeployed;
    this.results = List.of(results);
  }

  /** What was asked: {@code deploy} or {@code dry-run}. */
  public List<String> asked() {
    return asked;
  }

  @Override
  public List<DeploymentResult> deployChanged(boolean dryRun) {
    asked.add(dryRun ? "dry-run" : "deploy");
    return results;
  }

  @Override
  public List<DeploymentResult> deployUnknown() {
    return results;
  }

  @Override
  public boolean hasDeployed() {
    return hasDeployed;
  }

  @Override
  public List<String> changedLocally() {
    return List.of();
  }
}
