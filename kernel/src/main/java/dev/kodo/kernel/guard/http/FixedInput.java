package dev.kodo.kernel.guard.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A body of a declared length; an earlier end is an error. */
final class FixedInput extends BodyInput {
  private final InputStream in;
  private long left;

  FixedInput(InputStream in, long length) {
    this.in = in;
    this.left = length;
  }

  @Override
  boolean isAtEnd() {
    return left == 0;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (left == 0) {
      return -1;
    }
    int count = in.read(bytes, offset, (int) Math.min(length, left));
    if (count < 0) {
      throw new EOFException("the body ends " + left + " bytes too early");
    }
    left -= count;
    return count;
  }
}
