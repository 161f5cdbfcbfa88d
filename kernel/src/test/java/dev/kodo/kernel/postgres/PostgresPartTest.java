package dev.kodo.kernel.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.kodo.kernel.home.Secrets;
import dev.kodo.kernel.part.PartRecords;
import dev.kodo.kernel.part.PartState;
import dev.kodo.kernel.part.PartStatus;
import dev.kodo.kernel.part.Supervisor;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class PostgresPartTest {
  @TempDir static Path cache;
  @TempDir Path home;

  private Supervisor supervisor;
  private PostgresPart part;

  @BeforeEach
  void start() throws Exception {
    part =
        new PostgresPart(
            PostgresBinaries.unpacked(cache),
            home.resolve("data/postgres"),
            freePort(),
            new Secrets(home.resolve("secrets"), new Random(7)));
    supervisor = newSupervisor();
    assertThat(supervisor.start(part).state()).isEqualTo(PartState.HEALTHY);
  }

  @AfterEach
  void stop() throws InterruptedException {
    supervisor.stopAll();
  }

  @Test
  void keepsItsDataThroughAKillAndAStop() throws Exception {
    execute("CREATE TABLE memory (word text)");
    execute("INSERT INTO memory VALUES ('鼓動')");
    long first = pid();

    ProcessHandle.of(first).orElseThrow().destroyForcibly();
    await("the server runs again")
        .atMost(Duration.ofSeconds(60))
        .until(() -> status().state() == PartState.HEALTHY && pid() != first);
    assertThat(word()).isEqualTo("鼓動");

    long second = pid();
    supervisor.stopAll();
    assertThat(ProcessHandle.of(second)).isEmpty();
    supervisor = newSupervisor();
    supervisor.start(part);
    assertThat(word()).isEqualTo("鼓動");
  }

  @Test
  void isUtf8WithPasswordsThatOnlyTheOwnerReads() throws Exception {
    assertThat(query("SHOW server_encoding")).isEqualTo("UTF8");
    assertThat(query("SHOW listen_addresses")).isEqualTo("127.0.0.1");
    assertThat(query("SELECT current_user")).isEqualTo("kodo");
    DatabaseAccess stranger = new DatabaseAccess(part.access().url(), "kodo", "guess");
    assertThatThrownBy(stranger::check).hasMessageContaining("password");
    Path secret = home.resolve("secrets/postgres-kodo");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
        .isEqualTo("rw-------");
    assertThat(part.access().toString()).doesNotContain(Files.readString(secret).strip());
  }

  private Supervisor newSupervisor() {
    return new Supervisor(
        new PartRecords(home.resolve("run")),
        name -> home.resolve(name + ".log"),
        Clock.systemUTC(),
        () -> {});
  }

  private PartStatus status() {
    return supervisor.statuses().getFirst();
  }

  private long pid() {
    return Objects.requireNonNull(status().pid());
  }

  private String word() throws SQLException {
    return query("SELECT word FROM memory");
  }

  private String query(String sql) throws SQLException {
    try (Connection connection = part.access().connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      assertThat(result.next()).isTrue();
      return result.getString(1);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = part.access().connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
