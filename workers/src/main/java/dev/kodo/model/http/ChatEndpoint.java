package dev.kodo.model.http;

/** A chat endpoint, whatever its wire format. Safe for use by many threads. */
public interface ChatEndpoint {
  /**
   * Has the messages answered once. A request that the endpoint refuses because of an optional word
   * of the protocol is sent again without the word, at most once for each word, and the word is
   * never used again.
   *
   * @throws EndpointRefused for no connection and for an HTTP error status
   * @throws OutcomeUnknown for a time-out, a cut connection, an interrupt
   */
  ChatReply send(ChatMessages messages);
}
