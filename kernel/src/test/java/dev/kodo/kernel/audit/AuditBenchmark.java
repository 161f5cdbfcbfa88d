package dev.kodo.kernel.audit;

import dev.kodo.kernel.books.TestBooks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures the log against the least that a chained and durable log can do: hash an entry, append
 * it to a file, flush the disk, one after the other. Run its {@code main} by hand; it is no test.
 */
public final class AuditBenchmark {
  private static final Duration LENGTH = Duration.ofSeconds(5);
  private static final int ENTRIES = 1_000_000;

  private AuditBenchmark() {}

  /** Prints one table. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("kodo-audit-benchmark");
    TestLog log = new TestLog(TestBooks.fresh(), folder);
    for (int round = 1; round <= 3; round++) {
      System.out.println("round " + round + (round == 1 ? " (cold)" : ""));
      double bare = bareLoop(folder.resolve("bare"));
      System.out.printf(Locale.ROOT, "  bare hash chain and fsync   %9.0f appends/s%n", bare);
      for (int appenders : new int[] {1, 4, 16}) {
        double rate = auditLog(log, appenders);
        System.out.printf(
            Locale.ROOT,
            "  audit log, %2d appenders     %9.0f appends/s, %.2f of bare%n",
            appenders,
            rate,
            rate / bare);
      }
    }
    fill(log);
    for (int round = 1; round <= 3; round++) {
      long start = System.nanoTime();
      AuditReport report = log.verify();
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.printf(
          Locale.ROOT,
          "  verification of %,d entries: %.2f s, intact: %s%n",
          report.entries(),
          seconds,
          report.isIntact());
    }
    dev.kodo.kernel.archive.FolderRemoval.remove(folder);
  }

  private static double bareLoop(Path file) throws IOException {
    long count = 0;
    Hash last = Hash.NONE;
    long end = System.nanoTime() + LENGTH.toNanos();
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      while (System.nanoTime() < end) {
        AuditEntry entry = AuditEntry.of(++count, Instant.now(), TestLog.event((int) count), last);
        last = entry.hash();
        channel.write(ByteBuffer.wrap(EntryForm.hashed(entry)));
        channel.force(false);
      }
    }
    return count / (double) LENGTH.toSeconds();
  }

  private static double auditLog(TestLog log, int appenders) throws Exception {
    AtomicLong count = new AtomicLong();
    long end = System.nanoTime() + LENGTH.toNanos();
    try (AuditLog open = log.open();
        ExecutorService threads = Executors.newFixedThreadPool(appenders)) {
      List<Future<?>> done = new ArrayList<>();
      for (int i = 0; i < appenders; i++) {
        done.add(
            threads.submit(
                () -> {
                  while (System.nanoTime() < end) {
                    open.append(TestLog.event((int) count.incrementAndGet()));
                  }
                }));
      }
      for (Future<?> each : done) {
        each.get(1, TimeUnit.MINUTES);
      }
    }
    return count.get() / (double) LENGTH.toSeconds();
  }

  /** As the writer would have filled it, in groups as large as they can be. */
  private static void fill(TestLog log) throws SQLException, IOException {
    AuditKey key = AuditKey.obtain(log.home().resolve("secrets"), log.folder());
    try (var connection = log.books().guard().connect()) {
      Chain chain = new ChainRecovery(log.folder(), key.publicKey()).recover(connection);
      AuditStore store = new AuditStore(connection);
      while (chain.next() <= ENTRIES) {
        Instant now = Clock.systemUTC().instant();
        List<AuditEntry> group = new ArrayList<>();
        while (chain.unsealed() < AuditWriter.RUN && chain.next() <= ENTRIES) {
          group.add(chain.attach(TestLog.event((int) chain.next()), now));
        }
        Checkpoint checkpoint = chain.seal(key, now);
        store.append(group, checkpoint);
        log.folder().append(checkpoint);
      }
      HeadKeeper heads = new HeadKeeper(log.folder(), key);
      chain.tell(heads);
      heads.write();
    }
  }
}
