package dev.kodo.channel;

/** One way to reach the owner. */
public interface Channel {
  /** Short name that stands in the record and in the status, for example {@code webhook}. */
  String id();

  /**
   * Sends a notice once. It may be called again with the same notice when an earlier attempt did
   * not certainly succeed; the channel then hands the same id on, so that the receiver can tell a
   * repetition.
   */
  Delivery send(Notice notice);
}
