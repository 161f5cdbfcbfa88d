package dev.kodo.kernel.audit;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps events in memory; can be made to fail. */
public final class FakeSink implements AuditSink {
  private final List<AuditEvent> events = new CopyOnWriteArrayList<>();
  private volatile boolean broken;

  @Override
  public void append(AuditEvent event) {
    if (broken) {
      throw new AuditUnavailable("told to fail", null);
    }
    events.add(event);
  }

  public void broken(boolean now) {
    broken = now;
  }

  public List<AuditEvent> events() {
    return events;
  }
}
