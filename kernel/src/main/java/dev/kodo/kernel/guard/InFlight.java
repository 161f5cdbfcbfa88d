package dev.kodo.kernel.guard;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The calls that are under way, so that they can be cut. */
final class InFlight {
  private final Set<Entry> entries = ConcurrentHashMap.newKeySet();

  /** One call; closed when it ends. */
  final class Entry implements AutoCloseable {
    private final Runnable cut;

    private Entry(Runnable cut) {
      this.cut = cut;
    }

    @Override
    public void close() {
      entries.remove(this);
    }
  }

  /** The action must be quick and may run more than once. */
  Entry add(Runnable cut) {
    Entry entry = new Entry(cut);
    entries.add(entry);
    return entry;
  }

  void cutAll() {
    entries.forEach(entry -> entry.cut.run());
  }

  int count() {
    return entries.size();
  }
}
