package dev.kodo.kernel.guard.http;

import java.io.Closeable;
import java.io.IOException;

/** Closing without ceremony. */
final class Sockets {
  private Sockets() {}

  /** Also ends a read or write that another thread is in. */
  static void close(Closeable socket) {
    try {
      socket.close();
    } catch (IOException gone) {
      // It was to go anyway.
    }
  }
}
