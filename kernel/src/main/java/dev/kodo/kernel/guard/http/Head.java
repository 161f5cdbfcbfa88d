package dev.kodo.kernel.guard.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The first line and the header fields of a message. */
record Head(String line, Headers headers) {
  private static final int LARGEST_LINE = 16 << 10;

  /** Every connection may hold one, also of callers that nobody knows. */
  private static final int LARGEST = 32 << 10;

  private static final int MOST_FIELDS = 100;

  /** Reads a head; empty when the stream ends before its first byte. */
  static Optional<Head> read(InputStream in) throws IOException {
    int first = in.read();
    if (first < 0) {
      return Optional.empty();
    }
    String line = line(in, first);
    Headers headers = new Headers();
    int length = line.length();
    for (int count = 0; ; count++) {
      String field = line(in, in.read());
      length += field.length();
      if (field.isEmpty()) {
        return Optional.of(new Head(line, headers));
      }
      if (count == MOST_FIELDS) {
        throw new BadMessage(
            "more than " + MOST_FIELDS + " header fields", BadMessage.Fault.TOO_LARGE);
      }
      if (length > LARGEST) {
        throw new BadMessage(
            "a head is longer than " + LARGEST + " bytes", BadMessage.Fault.TOO_LARGE);
      }
      add(headers, field);
    }
  }

  private static void add(Headers headers, String field) throws BadMessage {
    int colon = field.indexOf(':');
    String name = colon < 0 ? "" : field.substring(0, colon);
    String value = field.substring(colon + 1).strip();
    if (!Headers.isToken(name) || !Headers.isPlain(value)) {
      throw new BadMessage("a header field is not of the form `name: value`");
    }
    headers.add(name, value);
  }

  /** Without its end; a line feed alone ends a line too, a carriage return alone is refused. */
  static String line(InputStream in, int first) throws IOException {
    byte[] bytes = new byte[256];
    int length = 0;
    for (int b = first; b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("the message ends in the middle of a line");
      }
      if (length == LARGEST_LINE) {
        throw new BadMessage(
            "a line is longer than " + LARGEST_LINE + " bytes", BadMessage.Fault.TOO_LARGE);
      }
      if (length == bytes.length) {
        bytes = java.util.Arrays.copyOf(bytes, 2 * length);
      }
      bytes[length++] = (byte) b;
    }
    if (length > 0 && bytes[length - 1] == '\r') {
      length--;
    }
    String line = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    if (line.indexOf('\r') >= 0) {
      throw new BadMessage("a carriage return stands in the middle of a line");
    }
    return line;
  }
}
