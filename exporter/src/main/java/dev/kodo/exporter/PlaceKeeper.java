package dev.kodo.exporter;

import io.camunda.zeebe.exporter.api.Exporter;
import io.camunda.zeebe.exporter.api.context.Context;
import io.camunda.zeebe.exporter.api.context.Controller;
import io.camunda.zeebe.protocol.record.Record;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for the exporter that feeds Operate, under its name, while Operate does not run. It
 * takes nothing, so the engine keeps all records in its log and the place and counters of that
 * exporter; when Operate comes back it learns what happened meanwhile. An engine without any
 * exporter of that name forgets both, and Operate would show what ended as running for ever.
 *
 * <p>The log may not grow without end: after the patience everything is let go at once.
 */
public final class PlaceKeeper implements Exporter {
  private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(10);

  private Duration patience = Duration.ZERO;
  private @Nullable InstantSource clock;
  private @Nullable Controller controller;
  private @Nullable Instant oldest;
  private long newest;

  @Override
  public void configure(Context context) {
    Object given = context.getConfiguration().getArguments().get("patience");
    patience = Duration.parse(String.valueOf(given));
    clock = context.clock();
  }

  @Override
  public void open(Controller given) {
    controller = given;
    given.scheduleCancellableTask(BETWEEN_LOOKS, this::look);
  }

  @Override
  public void export(Record<?> record) {
    if (oldest == null) {
      oldest = Instant.ofEpochMilli(record.getTimestamp());
    }
    newest = record.getPosition();
  }

  private void look() {
    Controller known = Objects.requireNonNull(controller);
    Instant now = Objects.requireNonNull(clock).instant();
    if (oldest != null && oldest.plus(patience).isBefore(now)) {
      known.updateLastExportedRecordPosition(newest);
      oldest = null;
    }
    known.scheduleCancellableTask(BETWEEN_LOOKS, this::look);
  }
}
