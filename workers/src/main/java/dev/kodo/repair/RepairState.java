package dev.kodo.repair;

import java.util.Locale;

/** What becomes of a stuck step. */
enum RepairState {
  /** The rules decide. */
  STUCK,
  /** A person was asked. */
  ASKED,
  /** Nobody answered: it stays as it is, and nobody is asked again. */
  LEFT,
  /** A person gave it up; its process instance is being cancelled, or is looked at again. */
  CANCELLED,
  /** It is no longer stuck, whatever the reason. */
  GONE;

  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  static RepairState ofId(String id) {
    return valueOf(id.toUpperCase(Locale.ROOT));
  }
}
