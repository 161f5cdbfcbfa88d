package dev.kodo.kernel.audit;

import dev.kodo.kernel.archive.FolderRemoval;
import dev.kodo.kernel.books.KeptBooks;
import dev.kodo.kernel.books.TestBooks;
import java.io.IOException;
import java.lang.management.ManagementFactory;
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
import java.util.Arrays;
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
  private static final Duration LENGTH = Duration.ofSeconds(1);
  private static final int TURNS = 9;
  private static final int ENTRIES = 1_000_000;

  private AuditBenchmark() {}

  /** Prints the medians of turns that alternate, as a busy machine is not the same for long. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("kodo-audit-benchmark");
    TestLog log = new TestLog(TestBooks.fresh(), folder);
    auditLog(log, 4);
    for (int appenders : new int[] {1, 4, 16}) {
      double[] bare = new double[TURNS];
      double[] rate = new double[TURNS];
      double[] ratio = new double[TURNS];
      for (int turn = 0; turn < TURNS; turn++) {
        bare[turn] = bareLoop(folder.resolve("bare"));
        rate[turn] = auditLog(log, appenders);
        ratio[turn] = rate[turn] / bare[turn];
      }
      System.out.printf(
          Locale.ROOT,
          "bare hash chain and fsync %.0f/s, audit log with %d appenders %.0f/s, ratio %.2f%n",
          median(bare),
          appenders,
          median(rate),
          median(ratio));
    }
    fill(log);
    for (int turn = 0; turn < 3; turn++) {
      verify(log);
    }
    FolderRemoval.remove(folder);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static void verify(TestLog log) throws SQLException, IOException {
    long start = System.nanoTime();
    long startOfThread = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    AuditReport report = log.verify();
    System.out.printf(
        Locale.ROOT,
        "verification of %,d entries: %.2f s, %.2f s of a processor, intact: %s%n",
        report.entries(),
        (System.nanoTime() - start) / 1e9,
        (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - startOfThread) / 1e9,
        report.isIntact());
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
    try (KeptBooks kept = log.books().keep();
        var connection = kept.connect()) {
      Chain chain = new ChainRecovery(log.folder(), key.publicKey(), Tip.NONE).recover(connection);
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
