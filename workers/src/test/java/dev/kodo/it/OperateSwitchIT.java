package dev.kodo.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Switches between the engine alone and Operate; whatever runs is found again each time. */
class OperateSwitchIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir Path home;
  private Installation kodo;
  private Story story;

  @BeforeEach
  void install() {
    kodo =
        new Installation(
            home,
            Map.of(
                "heartbeat.interval", "PT1H",
                "self-repair.interval", "PT1H",
                "model.provider", "rehearsal"));
    story = new Story(kodo);
  }

  @AfterEach
  void stop() {
    kodo.close();
  }

  @Test
  void findsRunningInstancesAgainAndLearnsWhatHappenedMeanwhile() throws Exception {
    up();
    await("first beat").atMost(PATIENCE).until(() -> story.beats().size() == 1);
    long pacemaker = newest("pacemaker");
    down();

    up("--operate");
    await("Operate learns of what ran before it")
        .atMost(PATIENCE)
        .until(() -> inOperate(pacemaker).contains("\"state\":\"ACTIVE\""));
    String old = search() + "/zeebe-record_job_8.6.0_2020-01-01";
    assertThat(send(request(old).PUT(HttpRequest.BodyPublishers.noBody())).statusCode())
        .isEqualTo(200);
    down();

    up();
    assertThat(newest("pacemaker")).isEqualTo(pacemaker);
    assertThat(kodo.kodo("beat").exitCode()).isZero();
    await("a beat that Operate does not see").atMost(PATIENCE).until(() -> closedBeats() == 2);
    await("it is recorded").atMost(PATIENCE).until(() -> keys("heartbeat").size() == 2);
    long heartbeat = newest("heartbeat");
    down();

    up("--operate");
    await("Operate learns of it now")
        .atMost(PATIENCE)
        .until(() -> inOperate(heartbeat).contains("\"state\":\"COMPLETED\""));
    assertThat(inOperate(pacemaker)).contains("\"state\":\"ACTIVE\"");
    assertThat(send(request(old).GET()).statusCode()).as("what is old is removed").isEqualTo(404);
    System.out.println(
        "OperateSwitchIT: resident MB of search, engine, workers: "
            + resident("search")
            + ", "
            + resident("engine")
            + ", "
            + resident("workers"));
  }

  private void up(String... options) {
    long begin = System.nanoTime();
    kodo.up(options);
    long seconds = Duration.ofNanos(System.nanoTime() - begin).toSeconds();
    System.out.println("OperateSwitchIT: up " + String.join(" ", options) + " took " + seconds);
  }

  private void down() {
    assertThat(kodo.kodo("down").exitCode()).isZero();
  }

  private long closedBeats() {
    return story.beats().stream()
        .filter(beat -> beat.path("outcome").asText().equals("closed"))
        .count();
  }

  /** What Operate's own interface answers about an instance, without blanks. */
  private String inOperate(long instance) throws Exception {
    String token = Files.readString(home.resolve("secrets/operate-token")).strip();
    return send(request(kodo.engineAddress() + "/v1/process-instances/" + instance)
            .header("Authorization", "Bearer " + token)
            .GET())
        .body()
        .replaceAll("\\s", "");
  }

  private String search() throws IOException {
    return "http://127.0.0.1:"
        + Files.readAllLines(home.resolve("kodo.yml")).stream()
            .filter(line -> line.startsWith("operate.search-port: "))
            .map(line -> line.split(": ", 2)[1])
            .findFirst()
            .orElseThrow();
  }

  private static HttpRequest.Builder request(String address) {
    return HttpRequest.newBuilder(URI.create(address)).timeout(Duration.ofSeconds(20));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private long newest(String process) throws SQLException {
    await("an instance of " + process).atMost(PATIENCE).until(() -> !keys(process).isEmpty());
    return keys(process).getFirst();
  }

  private List<Long> keys(String process) throws SQLException {
    String sql =
        """
        select instance_key from engine.process_instance
        where process_id = ? order by instance_key desc
        """;
    try (Connection connection =
            DriverManager.getConnection(
                kodo.workersProperty("spring.datasource.url"),
                kodo.workersProperty("spring.datasource.username"),
                kodo.workersProperty("spring.datasource.password"));
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, process);
      List<Long> found = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getLong(1));
        }
      }
      return found;
    }
  }

  private long resident(String part) throws IOException {
    Path status = Path.of("/proc", Long.toString(kodo.part(part).pid()), "status");
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
        .findFirst()
        .orElse(0);
  }
}
