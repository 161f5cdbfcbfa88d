package dev.kodo.model.rehearsal;

import java.util.Optional;

/** One earlier heartbeat. */
record Beat(String heartbeatId, String activity, String outcome, String title) {
  /** Reads {@code heartbeatId activity outcome title}. */
  static Optional<Beat> of(String line) {
    String[] words = line.strip().split("\\s+", 4);
    return words.length < 3
        ? Optional.empty()
        : Optional.of(
            new Beat(words[0], words[1], words[2], words.length == 4 ? words[3].strip() : ""));
  }

  boolean closed() {
    return outcome.equals("closed");
  }
}
