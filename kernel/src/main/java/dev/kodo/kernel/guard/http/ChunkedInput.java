package dev.kodo.kernel.guard.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A body in chunks; an end without the last chunk is an error. */
final class ChunkedInput extends BodyInput {
  private final InputStream in;
  private long left;
  private boolean begun;
  private boolean ended;

  ChunkedInput(InputStream in) {
    this.in = in;
  }

  @Override
  boolean isAtEnd() {
    return ended;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (left == 0 && !ended) {
      next();
    }
    if (ended) {
      return -1;
    }
    int count = in.read(bytes, offset, (int) Math.min(length, left));
    if (count < 0) {
      throw new EOFException("the body ends in the middle of a chunk");
    }
    left -= count;
    return count;
  }

  private void next() throws IOException {
    if (begun && !Head.line(in, in.read()).isEmpty()) {
      throw new BadMessage("a chunk is longer than it says");
    }
    begun = true;
    String size = Head.line(in, in.read()).split(";", 2)[0].strip();
    if (!size.matches("[0-9a-fA-F]{1,8}")) {
      throw new BadMessage("the size of a chunk is not a number");
    }
    left = Long.parseLong(size, 16);
    if (left == 0) {
      passTrailers();
      ended = true;
    }
  }

  private void passTrailers() throws IOException {
    for (int count = 0; !Head.line(in, in.read()).isEmpty(); count++) {
      if (count == 100) {
        throw new BadMessage("too many trailers", BadMessage.Fault.TOO_LARGE);
      }
    }
  }
}
