package dev.kodo.kernel.run;

import dev.kodo.kernel.home.AtomicFile;
import dev.kodo.kernel.home.Json;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The last heartbeat that was told, kept in a file. The numbers count in one database only, so the
 * file also names that. A file that cannot be written costs no more than telling a beat twice after
 * the next start.
 */
final class HeartbeatCursor {
  private final Path file;
  private final String database;
  private long last;
  private boolean troubled;

  /**
   * The cursor for one database.
   *
   * @param database names it; another one has another name
   */
  HeartbeatCursor(Path file, String database) {
    this.file = file;
    this.database = database;
    this.last =
        Json.read(file)
            .filter(known -> known.path("database").asText().equals(database))
            .map(known -> known.path("last").asLong())
            .orElse(0L);
  }

  /** Zero when none was told yet. */
  long last() {
    return last;
  }

  void moveTo(long seq) {
    if (seq == last) {
      return;
    }
    last = seq;
    try {
      AtomicFile.writeVolatile(
          file, Json.print(Json.object().put("database", database).put("last", last)));
      troubled = false;
    } catch (IOException e) {
      report(e);
    }
  }

  /** Once, not with every beat. */
  private void report(IOException e) {
    if (!troubled) {
      System.err.println("Kodo: could not write " + file + ": " + e.getMessage());
    }
    troubled = true;
  }
}
