package dev.kodo.kernel.audit;

import java.util.Locale;

/** The ways in which a log can be damaged. */
public enum Damage {
  /** The content of an entry does not have the hash that stands in it. */
  ENTRY_ALTERED,
  /** Entries are not there any more. */
  ENTRIES_MISSING,
  /** An entry does not follow from the one before. */
  CHAIN_BROKEN,
  /** Entries are not what the kernel signed, although their hashes fit together. */
  HISTORY_REWRITTEN,
  /** A checkpoint has another content than the one that was signed. */
  CHECKPOINT_ALTERED,
  /** A checkpoint is only in one of the two places where it was put. */
  CHECKPOINT_MISSING,
  /** The signed head of the log is missing or was not signed by the kernel. */
  HEAD_UNUSABLE,
  /** Without the public key no signature can be checked. */
  KEY_UNUSABLE;

  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
