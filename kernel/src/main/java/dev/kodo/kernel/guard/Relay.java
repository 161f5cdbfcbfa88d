package dev.kodo.kernel.guard;

import dev.kodo.kernel.audit.Hash;
import dev.kodo.kernel.guard.http.Exchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Passes a stream on, without the provider's key and in whole lines, so that nothing of an event
 * stands there when the stream is cut in its middle. The answer begins with its first line. Not
 * thread-safe.
 */
final class Relay {
  /** A longer line is passed on in parts. */
  private static final int LONGEST_LINE = 64 << 10;

  private final Admitted call;
  private final int status;
  private final EventForm form;
  private final String contentType;
  private final Exchange exchange;
  private final KeyFilter filter;
  private final MessageDigest digest = sha256();
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private boolean begun;
  private boolean gone;
  private byte beforeLast = '\n';
  private byte last = '\n';

  Relay(Admitted call, int status, EventForm form, String contentType, Exchange exchange) {
    this.call = call;
    this.status = status;
    this.form = form;
    this.contentType = contentType;
    this.exchange = exchange;
    this.filter = call.provider().key().filter();
  }

  void pass(byte[] bytes, int length) {
    byte[] clean = filter.take(bytes, length);
    int end = clean.length;
    while (end > 0 && clean[end - 1] != '\n') {
      end--;
    }
    if (end > 0) {
      line.write(clean, 0, end);
      sendLines();
    }
    line.write(clean, end, clean.length - end);
    if (line.size() > LONGEST_LINE) {
      sendLines();
    }
  }

  /**
   * Ends the last line and event, which may have no end of their own.
   *
   * @param whole whether the provider had come to the end of it
   */
  void end(boolean whole) {
    if (whole) {
      line.writeBytes(filter.rest());
      sendLines();
    }
    line.reset();
    while (begun && !(last == '\n' && (beforeLast == '\n' || form == EventForm.NDJSON))) {
      line.write('\n');
      sendLines();
    }
  }

  private void sendLines() {
    byte[] lines = line.toByteArray();
    line.reset();
    if (lines.length > 0) {
      beforeLast = lines.length > 1 ? lines[lines.length - 2] : last;
      last = lines[lines.length - 1];
      digest.update(lines);
      send(lines);
    }
  }

  private void send(byte[] bytes) {
    if (gone) {
      return;
    }
    try {
      if (!begun) {
        begun = true;
        exchange.begin(status, Closing.headers(call, contentType));
      }
      exchange.piece(bytes, bytes.length);
    } catch (IOException left) {
      gone = true;
    }
  }

  boolean hasBegun() {
    return begun;
  }

  /** Whether nobody takes the answer any more. */
  boolean isGone() {
    return gone;
  }

  Hash digest() {
    return Hash.known(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Expected every JDK to know SHA-256", e);
    }
  }
}
