package dev.kodo.process.scenario;

import io.camunda.zeebe.protocol.record.Record;
import java.util.List;
import java.util.stream.Stream;

/** Reads on where it stopped: the events that the engine recorded since the last look. */
final class RecordTail {
  private final ScenarioEngine engine;
  private int next;

  private RecordTail(ScenarioEngine engine, int next) {
    this.engine = engine;
    this.next = next;
  }

  static RecordTail fromHere(ScenarioEngine engine) {
    return new RecordTail(engine, engine.events().size());
  }

  static RecordTail fromStart(ScenarioEngine engine) {
    return new RecordTail(engine, 0);
  }

  /** The new events. */
  List<Record<?>> read() {
    List<Record<?>> all = engine.events();
    List<Record<?>> events = List.copyOf(all.subList(next, all.size()));
    next = all.size();
    return events;
  }

  /** The events since this tail was made or last read, without moving on. */
  Stream<Record<?>> peek() {
    List<Record<?>> all = engine.events();
    return List.copyOf(all.subList(next, all.size())).stream();
  }
}
