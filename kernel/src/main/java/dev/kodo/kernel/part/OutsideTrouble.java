package dev.kodo.kernel.part;

/**
 * A part does not do its work for a reason that lies outside of it, such as a full disk. The part
 * counts as unhealthy, and is never restarted for it: that would mend nothing.
 */
public final class OutsideTrouble extends Exception {
  private static final long serialVersionUID = 1L;

  public OutsideTrouble(String message, Throwable cause) {
    super(message, cause);
  }
}
