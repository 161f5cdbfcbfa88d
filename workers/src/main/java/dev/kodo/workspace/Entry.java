package dev.kodo.workspace;

import java.time.Instant;

/**
 * One entry of a folder, as it stands there; links are not followed.
 *
 * @param size in bytes
 * @param modified when its content last changed
 */
public record Entry(String name, Kind kind, long size, Instant modified) {
  /** What an entry is. */
  public enum Kind {
    FILE,
    FOLDER,
    LINK,
    /** A pipe, a socket, a device: never opened. */
    OTHER,
    /** Its name is not UTF-8, so that no text can name it. */
    UNNAMEABLE
  }
}
