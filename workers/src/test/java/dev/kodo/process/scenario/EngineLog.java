package dev.kodo.process.scenario;

import io.camunda.zeebe.logstreams.log.LogStreamReader;
import io.camunda.zeebe.logstreams.log.LoggedEvent;
import io.camunda.zeebe.process.test.api.RecordStreamSource;
import io.camunda.zeebe.process.test.api.ZeebeTestEngine;
import io.camunda.zeebe.protocol.impl.record.CopiedRecord;
import io.camunda.zeebe.protocol.impl.record.RecordMetadata;
import io.camunda.zeebe.protocol.impl.record.UnifiedRecordValue;
import io.camunda.zeebe.protocol.record.Record;
import io.camunda.zeebe.protocol.record.RecordType;
import io.camunda.zeebe.protocol.record.ValueType;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The events that an engine recorded, without commands and rejections. Its own source of records
 * makes a value of each of its seventy kinds for every record that it reads; that was a twelfth of
 * a test run.
 */
final class EngineLog {
  private static final int PARTITION = 1;

  private final LogStreamReader reader;
  private final Predicate<ValueType> wanted;
  private long last = -1;

  private EngineLog(LogStreamReader reader, Predicate<ValueType> wanted) {
    this.reader = reader;
    this.wanted = wanted;
  }

  /**
   * @param wanted the kinds of values to read; the others are passed over
   */
  static EngineLog of(ZeebeTestEngine engine, Predicate<ValueType> wanted) {
    RecordStreamSource source = engine.getRecordStreamSource();
    try {
      Field field = source.getClass().getDeclaredField("logStreamReader");
      field.setAccessible(true);
      return new EngineLog((LogStreamReader) field.get(source), wanted);
    } catch (ReflectiveOperationException changed) {
      throw new LinkageError("This engine keeps the reader of its log elsewhere", changed);
    }
  }

  /**
   * The events since the last call. They are not kept: a simulated month of many agents has
   * millions.
   */
  List<Record<?>> news() {
    List<Record<?>> events = new ArrayList<>();
    // Others read with the same reader, each from its own place.
    synchronized (reader) {
      if (last < 0) {
        reader.seekToFirstEvent();
      } else {
        reader.seekToNextEvent(last);
      }
      while (reader.hasNext()) {
        LoggedEvent entry = reader.next();
        last = entry.getPosition();
        read(entry).ifPresent(events::add);
      }
    }
    return events;
  }

  private Optional<Record<?>> read(LoggedEvent entry) {
    RecordMetadata metadata = new RecordMetadata();
    entry.readMetadata(metadata);
    if (metadata.getRecordType() != RecordType.EVENT || !wanted.test(metadata.getValueType())) {
      return Optional.empty();
    }
    UnifiedRecordValue value =
        Objects.requireNonNull(UnifiedRecordValue.fromValueType(metadata.getValueType()));
    entry.readValue(value);
    return Optional.of(
        new CopiedRecord<>(
            value,
            metadata,
            entry.getKey(),
            PARTITION,
            entry.getPosition(),
            entry.getSourceEventPosition(),
            entry.getTimestamp()));
  }
}
