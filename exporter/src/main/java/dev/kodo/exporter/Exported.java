package dev.kodo.exporter;

import java.util.List;

/**
 * One record, translated.
 *
 * @param position of the record in the log of its partition
 */
record Exported(long position, List<Change> changes) {
  Exported {
    changes = List.copyOf(changes);
  }
}
