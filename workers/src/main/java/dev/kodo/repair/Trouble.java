package dev.kodo.repair;

import java.util.Locale;

/**
 * What the rules may know of a message. The text itself comes from outside and never decides; only
 * the forms that Kodo's own workers use are told apart.
 */
enum Trouble {
  /** The workspace could not be written, and nothing on the diagram caught it. */
  WORKSPACE,
  /** A variable is missing or does not fit: the same again will not help. */
  INPUT,
  OTHER;

  /** A job that nobody takes has no trouble of its own now; its message is of an earlier try. */
  static Trouble of(Repair repair) {
    return repair.isUnclaimed() ? OTHER : of(repair.message());
  }

  static Trouble of(String message) {
    if (message.contains("WORKSPACE_UNWRITABLE")) {
      return WORKSPACE;
    }
    if (message.startsWith("Expected a variable ")
        || message.startsWith("The variables do not fit")) {
      return INPUT;
    }
    return OTHER;
  }

  String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
