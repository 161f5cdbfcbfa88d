package dev.kodo.kernel.guard;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Puts the lines of a stream together again, beside its forwarding. Not thread-safe. */
final class EventLines {
  private static final int LONGEST = 1 << 20;

  private final Wire wire;
  private final Usage usage;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private boolean ended;

  EventLines(Wire wire, Usage usage) {
    this.wire = wire;
    this.usage = usage;
  }

  void take(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) {
      if (bytes[i] == '\n') {
        flush();
      } else if (line.size() < LONGEST) {
        line.write(bytes[i]);
      } else {
        usage.nonsense();
      }
    }
  }

  /** The last line may have no end. */
  boolean ended() {
    flush();
    return ended;
  }

  private void flush() {
    if (line.size() > 0) {
      ended |= wire.event(line.toString(StandardCharsets.UTF_8).stripTrailing(), usage);
      line.reset();
    }
  }
}
