package dev.kodo.channel;

/** What came of one attempt to send. The reasons are shown to people and hold no secret. */
public sealed interface Delivery {
  /** The receiver took it. */
  record Delivered() implements Delivery {}

  /** It was not taken, or nobody knows; another attempt may succeed. */
  record TryAgain(String reason) implements Delivery {}

  /** It was refused in a way that another attempt does not change. */
  record Refused(String reason) implements Delivery {}
}
