package dev.kodo.exporter;

import io.camunda.zeebe.exporter.api.Exporter;
import io.camunda.zeebe.exporter.api.context.Context;
import io.camunda.zeebe.exporter.api.context.Controller;
import io.camunda.zeebe.protocol.record.Record;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.helpers.NOPLogger;

/**
 * Stands in for the exporter that feeds Operate, under its name, while Operate does not run. It
 * takes nothing, so the engine keeps all records in its log and the place and counters of that
 * exporter; when Operate comes back it learns what happened meanwhile. An engine without any
 * exporter of that name forgets both, and Operate would show what ended as running for ever.
 *
 * <p>The log may not grow without end: after the patience, or when the disk fills, everything is
 * let go at once. A file then says so before the engine hears of it, and whoever starts Operate
 * next lets it begin anew.
 */
public final class PlaceKeeper implements Exporter {
  private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(1);

  private Duration patience = Duration.ZERO;
  private long room;
  private Path mark = Path.of("");
  private Logger logger = NOPLogger.NOP_LOGGER;
  private @Nullable InstantSource clock;
  private @Nullable Controller controller;
  private @Nullable Instant oldest;
  private long newest;

  /**
   * Arguments: {@code patience}, how long the records are kept; {@code room}, the bytes that must
   * stay free on the disk; {@code mark}, the file that says that they were let go.
   */
  @Override
  public void configure(Context context) {
    Map<String, Object> given = context.getConfiguration().getArguments();
    patience = Duration.parse(String.valueOf(given.get("patience")));
    room = Long.parseLong(String.valueOf(given.get("room")));
    mark = Path.of(String.valueOf(given.get("mark")));
    clock = context.clock();
    logger = context.getLogger();
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
    try {
      if (oldest != null && (!isAwaited() || isTooOld(oldest) || isDiskFull())) {
        mark();
        known.updateLastExportedRecordPosition(newest);
        oldest = null;
      }
    } catch (IOException e) {
      logger.warn("What is kept for Operate cannot be let go, as {} cannot be written", mark, e);
    }
    known.scheduleCancellableTask(BETWEEN_LOOKS, this::look);
  }

  /** False when somebody removed all that Operate knows: it begins anew in any case. */
  private boolean isAwaited() {
    return Files.exists(folder());
  }

  private boolean isTooOld(Instant time) {
    return time.plus(patience).isBefore(Objects.requireNonNull(clock).instant());
  }

  /** The engine itself takes no more commands soon after. */
  private boolean isDiskFull() throws IOException {
    return Files.getFileStore(folder()).getUsableSpace() < room;
  }

  private void mark() throws IOException {
    if (isAwaited() && !Files.exists(mark)) {
      Files.createFile(mark);
      logger.info("What was kept for Operate is let go; Operate begins anew, see {}", mark);
    }
  }

  private Path folder() {
    return Objects.requireNonNull(mark.toAbsolutePath().getParent());
  }
}
