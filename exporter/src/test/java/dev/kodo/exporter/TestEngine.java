package dev.kodo.exporter;

import io.camunda.zeebe.exporter.api.Exporter;
import io.camunda.zeebe.exporter.api.context.Configuration;
import io.camunda.zeebe.exporter.api.context.Context;
import io.camunda.zeebe.exporter.api.context.Controller;
import io.camunda.zeebe.exporter.api.context.ScheduledTask;
import io.camunda.zeebe.protocol.record.Record;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.helpers.NOPLogger;

/**
 * Plays the engine's part for one exporter: offers records until they are taken, runs scheduled
 * tasks when the time has come, keeps what was acknowledged.
 */
final class TestEngine implements Context, Controller, Configuration {
  private final int partition;
  private final Map<String, Object> arguments;
  private final List<Task> tasks = new ArrayList<>();
  private final Exporter exporter;
  private Instant now = Records.BEGIN;
  private long acknowledged = -1;

  private record Task(Instant at, Runnable work) implements ScheduledTask {
    @Override
    public void cancel() {
      throw new UnsupportedOperationException("Expected no task to be cancelled");
    }
  }

  TestEngine(int partition, Map<String, Object> arguments) {
    this(new KodoExporter(), partition, arguments);
  }

  TestEngine(Exporter exporter, int partition, Map<String, Object> arguments) {
    this.exporter = exporter;
    this.partition = partition;
    this.arguments = Map.copyOf(arguments);
  }

  TestEngine start() throws Exception {
    exporter.configure(this);
    exporter.open(this);
    return this;
  }

  /** Offers all records, and lets a second pass so that everything is written. */
  TestEngine export(List<Record<?>> records) {
    records.forEach(exporter::export);
    return pass(Duration.ofSeconds(1));
  }

  /** Offers one record; the caller expects whatever comes of it. */
  void offer(Record<?> record) {
    exporter.export(record);
  }

  /** Lets time go by in small steps. */
  TestEngine pass(Duration time) {
    Instant end = now.plus(time);
    while (now.isBefore(end)) {
      now = now.plusMillis(50);
      List<Task> due = tasks.stream().filter(task -> !task.at.isAfter(now)).toList();
      tasks.removeAll(due);
      due.stream().sorted(Comparator.comparing(Task::at)).forEach(task -> task.work.run());
    }
    return this;
  }

  void stop() {
    exporter.close();
  }

  long acknowledged() {
    return acknowledged;
  }

  @Override
  public MeterRegistry getMeterRegistry() {
    throw new UnsupportedOperationException("Expected no meter to be asked for");
  }

  @Override
  public Logger getLogger() {
    return NOPLogger.NOP_LOGGER;
  }

  @Override
  public InstantSource clock() {
    return () -> now;
  }

  @Override
  public Configuration getConfiguration() {
    return this;
  }

  @Override
  public int getPartitionId() {
    return partition;
  }

  @Override
  public void setFilter(RecordFilter filter) {
    // The tests offer only what the filter lets through.
  }

  @Override
  public String getId() {
    return "kodo";
  }

  @Override
  public Map<String, Object> getArguments() {
    return arguments;
  }

  @Override
  public <T> T instantiate(Class<T> type) {
    throw new UnsupportedOperationException("Expected the arguments to be read one by one");
  }

  @Override
  public void updateLastExportedRecordPosition(long position) {
    acknowledged = position;
  }

  @Override
  public void updateLastExportedRecordPosition(long position, byte[] metadata) {
    throw new UnsupportedOperationException("Expected no metadata: the database has the position");
  }

  @Override
  public long getLastExportedRecordPosition() {
    return acknowledged;
  }

  @Override
  public ScheduledTask scheduleCancellableTask(Duration delay, Runnable work) {
    Task task = new Task(now.plus(delay), work);
    tasks.add(task);
    return task;
  }

  @Override
  public Optional<byte[]> readMetadata() {
    return Optional.empty();
  }
}
