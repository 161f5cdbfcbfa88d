package dev.kodo.exporter;

import java.time.Instant;
import java.util.List;

/**
 * One record, translated.
 *
 * @param position of the record in the log of its partition
 * @param at when the engine made it
 */
record Exported(long position, Instant at, List<Change> changes) {
  Exported {
    changes = List.copyOf(changes);
  }
}
