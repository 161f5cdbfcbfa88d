package dev.kodo.channel;

import java.util.Locale;

/** Why the owner is told something. */
public enum NoticeKind {
  /** The agent is critical or dead. */
  SOS,
  /** A step of the day's budget was passed. */
  ALERT,
  /** The agent was stopped and waits for a review. */
  REVIEW,
  /** The owner agreed to spend more and learns how. */
  SPEND_MORE;

  /** The form used in the database and in messages: {@code spend-more}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static NoticeKind ofId(String id) {
    return valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
