package dev.kodo.kernel.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.kodo.kernel.books.TestBooks;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** No failure of a write, foreseen or not, keeps the next one from being written. */
@Tag("slow")
class BatchWriterTest {
  private final AtomicInteger failures = new AtomicInteger();
  private final List<String> written = new CopyOnWriteArrayList<>();

  @Test
  @Timeout(20)
  void tellsWhoeverWaitsWhenMemoryRunsOutInAWrite() throws Exception {
    try (GroupCommit<String> commit = new GroupCommit<>(writer(1))) {
      assertThatThrownBy(() -> commit.write("one"))
          .isInstanceOf(SQLException.class)
          .hasRootCauseInstanceOf(OutOfMemoryError.class);
      await("the pause after a failure is over")
          .ignoreExceptionsInstanceOf(SQLException.class)
          .untilAsserted(() -> commit.write("two"));
    }
    assertThat(written).containsExactly("two");
  }

  @Test
  void writesInTheBackgroundWhatFailedForAnUnforeseenReason() throws Exception {
    AtomicInteger durable = new AtomicInteger();
    try (Backlog<String> backlog = new Backlog<>("test", writer(2))) {
      backlog.add("one", durable::incrementAndGet);
      await("it is written all the same").until(() -> durable.get() == 1);
    }
    assertThat(written).containsExactly("one");
  }

  private BatchWriter<String> writer(int fails) throws SQLException {
    failures.set(fails);
    TestBooks books = TestBooks.fresh();
    return new BatchWriter<>(
        books.guard()::connect,
        (connection, items) -> {
          if (failures.getAndDecrement() > 0) {
            throw new OutOfMemoryError("told to");
          }
          written.addAll(items);
        },
        true);
  }
}
