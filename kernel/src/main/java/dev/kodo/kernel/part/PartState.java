package dev.kodo.kernel.part;

import java.util.Locale;

/** Where a part is in its life. */
public enum PartState {
  WAITING,
  STARTING,
  HEALTHY,
  UNHEALTHY,
  RESTARTING,
  FAILED,
  HELD,
  STOPPING,
  STOPPED;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
