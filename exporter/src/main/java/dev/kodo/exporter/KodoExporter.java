package dev.kodo.exporter;

import io.camunda.zeebe.exporter.api.Exporter;
import io.camunda.zeebe.exporter.api.context.Context;
import io.camunda.zeebe.exporter.api.context.Controller;
import io.camunda.zeebe.protocol.record.Record;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes what the processes of one partition do into the schema {@code engine} of PostgreSQL: where
 * the tokens are, which jobs and incidents wait. The engine creates and calls it, always on one
 * thread for each partition.
 *
 * <p>Each record counts exactly once, whatever is repeated: the position is moved in the
 * transaction that writes the rows. The engine never waits for the database for longer than one
 * attempt.
 */
public final class KodoExporter implements Exporter {
  /** People look at what this writes; they do not notice a quarter of a second. */
  private static final Duration DELAY = Duration.ofMillis(250);

  private static final Duration BETWEEN_PRUNINGS = Duration.ofMinutes(10);
  private static final Duration BETWEEN_SLICES = Duration.ofSeconds(1);

  private @Nullable Context context;
  private @Nullable Setting setting;
  private @Nullable Running running;

  /** What there is while records come in. */
  private record Running(Controller controller, Translation translation, Backlog backlog) {}

  private boolean flushScheduled;

  @Override
  public void configure(Context given) {
    context = given;
    setting = Setting.of(given.getConfiguration().getArguments());
    given.setFilter(Translation.filter());
  }

  @Override
  public void open(Controller controller) {
    Context known = Objects.requireNonNull(context);
    Setting arguments = Objects.requireNonNull(setting);
    Backlog backlog =
        new Backlog(
            new Database(arguments, known.getPartitionId()),
            controller::updateLastExportedRecordPosition,
            known.clock(),
            known.getLogger());
    Running now = new Running(controller, new Translation(arguments.ignored()), backlog);
    running = now;
    controller.scheduleCancellableTask(DELAY, () -> prune(now));
  }

  @Override
  public void export(Record<?> record) {
    Running now = Objects.requireNonNull(running);
    now.backlog()
        .add(
            record.getPosition(),
            Instant.ofEpochMilli(record.getTimestamp()),
            now.translation().changes(record));
    if (now.backlog().isDue()) {
      now.backlog().flush();
    }
    scheduleFlush(now, DELAY);
  }

  private void scheduleFlush(Running now, Duration delay) {
    if (!flushScheduled && now.backlog().isPending()) {
      flushScheduled = true;
      now.controller().scheduleCancellableTask(delay, () -> flush(now));
    }
  }

  private void flush(Running now) {
    flushScheduled = false;
    if (running == null) {
      return;
    }
    now.backlog().flush();
    Duration pause = now.backlog().pause();
    scheduleFlush(now, pause.compareTo(DELAY) < 0 ? DELAY : pause);
  }

  private void prune(Running now) {
    if (running != null) {
      boolean more = now.backlog().prune();
      now.controller()
          .scheduleCancellableTask(more ? BETWEEN_SLICES : BETWEEN_PRUNINGS, () -> prune(now));
    }
  }

  @Override
  public void close() {
    Running now = running;
    running = null;
    if (now != null) {
      now.backlog().close();
    }
  }
}
