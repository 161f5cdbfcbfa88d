package dev.kodo.kernel.guard;

import dev.kodo.kernel.audit.AuditFolder;
import dev.kodo.kernel.audit.AuditKey;
import dev.kodo.kernel.audit.AuditLog;
import dev.kodo.kernel.audit.AuditSetting;
import dev.kodo.kernel.books.KeptBooks;
import dev.kodo.kernel.books.TestBooks;
import dev.kodo.kernel.home.AtomicFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Locale;

/**
 * Measures what the guard adds to a call: the same client asks the same provider directly and
 * through the guard in turn, with the real ledger and the real audit log on a real database. Run
 * its {@code main} by hand; it is no test.
 */
public final class GuardBenchmark {
  private static final int WARM_UP = 1_500;
  private static final int CALLS = 3_000;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private GuardBenchmark() {}

  /** Prints one table. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("kodo-guard-benchmark");
    TestBooks books = TestBooks.fresh();
    AuditFolder files = new AuditFolder(folder.resolve("audit"));
    AuditKey key = AuditKey.obtain(Files.createDirectories(folder.resolve("secrets")), files);
    Clock clock = Clock.systemUTC();
    try (KeptBooks kept = books.keep();
        AuditLog log = AuditLog.open(new AuditSetting(kept, files, key, clock));
        GuardFixture fixture = new GuardFixture(folder, books, kept, log)) {
      fixture.provider.does(
          FakeProvider.ok(
              GuardFixture.completion(
                  "An answer. ".repeat(100), "{\"prompt_tokens\":900,\"completion_tokens\":300}")));
      AtomicFile.write(
          fixture.home.budget(),
          """
          per-day: 900000
          per-hour: 900000
          per-call: 9
          per-heartbeat: 900000
          """);
      new GuardBenchmark().measure(fixture);
    }
    System.exit(0);
  }

  private void measure(GuardFixture fixture) throws Exception {
    String body = GuardFixture.openAi("A question. ".repeat(250), "");
    HttpRequest direct =
        fixture
            .request("/", body)
            .uri(URI.create(fixture.provider.address() + "/v1/chat/completions"))
            .build();
    HttpRequest guarded = fixture.request("/models/paid/chat/completions", body).build();
    run(direct, guarded, WARM_UP);
    long[][] nanos = run(direct, guarded, CALLS);
    System.out.printf(Locale.ROOT, "%d calls each, in turn; milliseconds%n", CALLS);
    System.out.println("            p50     p90     p99");
    for (int i = 0; i < 2; i++) {
      Arrays.sort(nanos[i]);
      print(i == 0 ? "direct " : "guarded", nanos[i]);
    }
    System.out.printf(
        Locale.ROOT,
        "added   %7.3f %7.3f %7.3f%n",
        at(nanos[1], 50) - at(nanos[0], 50),
        at(nanos[1], 90) - at(nanos[0], 90),
        at(nanos[1], 99) - at(nanos[0], 99));
  }

  private long[][] run(HttpRequest direct, HttpRequest guarded, int calls) throws Exception {
    long[][] nanos = new long[2][calls];
    for (int i = 0; i < calls; i++) {
      nanos[0][i] = time(direct);
      nanos[1][i] = time(guarded);
    }
    return nanos;
  }

  private long time(HttpRequest request) throws Exception {
    long start = System.nanoTime();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    long took = System.nanoTime() - start;
    if (answer.statusCode() != 200) {
      throw new IllegalStateException("Expected 200, but got " + answer.body());
    }
    return took;
  }

  private static void print(String name, long[] sorted) {
    System.out.printf(
        Locale.ROOT,
        "%s %7.3f %7.3f %7.3f%n",
        name,
        at(sorted, 50),
        at(sorted, 90),
        at(sorted, 99));
  }

  private static double at(long[] sorted, int percent) {
    return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)] / 1e6;
  }
}
