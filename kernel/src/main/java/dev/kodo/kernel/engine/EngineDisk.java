package dev.kodo.kernel.engine;

import dev.kodo.kernel.config.Sizes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The room on the disk that the engine wants: below the limit it stops taking commands. */
record EngineDisk(Path data) {
  /** Both in MB; the engine is told the same numbers. */
  static final int PROCESSING_MB = 512;

  static final int REPLICATION_MB = 256;

  /** What is wrong with the room, in a sentence that says when the engine goes on. */
  Optional<String> shortage() {
    try {
      return shortage(Files.getFileStore(data).getUsableSpace());
    } catch (IOException unknown) {
      return Optional.empty();
    }
  }

  static Optional<String> shortage(long usable) {
    return usable >= (long) PROCESSING_MB << 20
        ? Optional.empty()
        : Optional.of(
            "the disk has only "
                + Sizes.readable(usable)
                + " free; the engine goes on by itself above "
                + PROCESSING_MB
                + " MB");
  }
}
