package dev.kodo.kernel.audit;

import java.util.Locale;

/** Who acted, as far as the kernel itself knows. */
public enum Actor {
  /** The supervisor. */
  KERNEL,
  /** The guard before the models. */
  GUARD,
  /** The person, by a command or a file. */
  OWNER,
  /** The agent's body. What it reports about itself is its claim, and always bears this name. */
  BODY;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
