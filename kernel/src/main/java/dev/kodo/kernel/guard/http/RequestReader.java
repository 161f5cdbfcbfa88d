package dev.kodo.kernel.guard.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Reads requests strictly: a body has one declared length and no encoding. */
final class RequestReader {
  private final InputStream in;
  private final OutputStream out;
  private final BodyRoom room;

  RequestReader(InputStream in, OutputStream out, BodyRoom room) {
    this.in = in;
    this.out = out;
    this.room = room;
  }

  /** The head of the next request; empty at the end of the connection. */
  Optional<Head> head() throws IOException {
    return Head.read(in);
  }

  /** The request without its body, which stays unread: of a caller that nobody knows. */
  Request bodiless(Head head) throws IOException {
    return request(head, new byte[0]);
  }

  /** Reads the body that belongs to a head. The room that it takes is to be given back. */
  Request request(Head head, BodyRoom.Share share) throws IOException {
    bodiless(head);
    return request(head, body(head.headers(), share));
  }

  private static Request request(Head head, byte[] body) throws BadMessage {
    String[] words = head.line().split(" ", -1);
    if (words.length != 3 || !words[2].equals("HTTP/1.1")) {
      throw new BadMessage("the request line is not of the form `METHOD /path HTTP/1.1`");
    }
    if (!Headers.isToken(words[0]) || words[1].isEmpty() || !isVisible(words[1])) {
      throw new BadMessage("the request line holds characters that do not belong there");
    }
    return new Request(words[0], words[1], head.headers(), body);
  }

  private byte[] body(Headers headers, BodyRoom.Share share) throws IOException {
    if (!headers.all("Transfer-Encoding").isEmpty()) {
      throw new BadMessage("a body must have a Content-Length and no Transfer-Encoding");
    }
    if (!headers.all("Content-Encoding").isEmpty()) {
      throw new BadMessage("a body must not have a Content-Encoding");
    }
    int length = length(headers);
    share.take(length);
    if (headers.first("Expect").isPresent()) {
      out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();
    }
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new BadMessage("the body is shorter than its Content-Length");
    }
    return body;
  }

  private int length(Headers headers) throws BadMessage {
    List<String> lengths = headers.all("Content-Length");
    if (lengths.isEmpty()) {
      return 0;
    }
    if (lengths.size() > 1 || !lengths.getFirst().matches("[0-9]{1,18}")) {
      throw new BadMessage("the Content-Length is not one number");
    }
    long length = Long.parseLong(lengths.getFirst());
    if (length > room.largest()) {
      throw new BadMessage(
          "the body is longer than " + room.largest() + " bytes", BadMessage.Fault.TOO_LARGE);
    }
    return (int) length;
  }

  private static boolean isVisible(String target) {
    return target.chars().allMatch(c -> c > 0x20 && c < 0x7f);
  }
}
