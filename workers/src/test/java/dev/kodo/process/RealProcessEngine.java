package dev.kodo.process;

import io.camunda.client.CamundaClient;

/** The way to a real engine, for tests outside this package. */
public final class RealProcessEngine {
  private RealProcessEngine() {}

  public static ProcessEngine on(CamundaClient client) {
    return new ProcessEngine(client);
  }
}
