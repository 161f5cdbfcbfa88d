package dev.kodo.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.worker.JobClient;
import io.camunda.client.api.worker.JobWorker;
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
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The real Operate and Tasklist beside a living agent, seen through a real browser. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OperateIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final String ANSWER =
      """
      select state || ' by ' || answered_via || ': ' || comment
      from decision where decision_id = ? and answered_via is not null
      """;

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir static Path home;
  private static final ModelStub MODEL = new ModelStub();
  private static final AtomicInteger DELIVERIES = new AtomicInteger();
  private static Installation kodo;
  private static Story story;
  private static OperateBrowser browser;
  private static Page page;
  private static CamundaClient engine;

  @BeforeAll
  static void startWithOperate() throws IOException {
    if (!OperateBrowser.isThere()) {
      String why =
          "SKIPPED, as there is no " + OperateBrowser.CHROMIUM + " (Debian package chromium)";
      System.out.println("OperateIT: " + why);
      Assumptions.abort(why);
    }
    kodo =
        new Installation(
            home,
            Map.of(
                "heartbeat.interval", "PT1H",
                "self-repair.interval", "PT1H",
                "model.provider", "openai",
                "model.base-url", MODEL.baseUrl(),
                "model.name", "stub-model"));
    story = new Story(kodo);
    kodo.up("--operate");
    await("first beat").atMost(PATIENCE).until(() -> story.beats().size() == 1);
    engine =
        CamundaClient.newClientBuilder()
            .grpcAddress(URI.create(kodo.workersProperty("camunda.client.grpc-address")))
            .preferRestOverGrpc(false)
            .build();
    browser = new OperateBrowser();
    page = browser.page();
    page.navigate(kodo.engineAddress() + "/operate");
    page.locator("input[name=username]").fill("kodo");
    page.locator("input[name=password]").fill(password());
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Login")).click();
    page.waitForURL(url -> !url.contains("login"));
  }

  @AfterAll
  static void stop() {
    if (kodo == null) {
      return;
    }
    if (browser != null) {
      browser.close();
    }
    if (engine != null) {
      engine.close();
    }
    kodo.close();
    MODEL.close();
  }

  @Test
  @Order(1)
  void showsThePacemakerWholeWithItsTokenWhereTheDatabaseSays() throws Exception {
    long pacemaker = active("pacemaker");

    openFromTheList("pacemaker", pacemaker);

    assertThat(drawn()).containsAll(inTheFile("pacemaker"));
    await("the token").atMost(PATIENCE).untilAsserted(() -> assertTokens(pacemaker));
    browser.screenshot("pacemaker");
  }

  @Test
  @Order(2)
  void showsAHeartbeatWhileItThinks() throws Exception {
    MODEL.hold();
    assertThat(kodo.kodo("beat").exitCode()).isZero();
    await("in mid-call").atMost(PATIENCE).until(() -> MODEL.waiting() > 0);
    long heartbeat = active("heartbeat");

    openFromTheList("heartbeat", heartbeat);

    assertThat(drawn()).containsAll(inTheFile("heartbeat"));
    await("the token").atMost(PATIENCE).untilAsserted(() -> assertTokens(heartbeat));
    browser.screenshot("heartbeat");
    MODEL.release();
    await("closed").atMost(PATIENCE).until(() -> story.beats().size() == 2);
  }

  @Test
  @Order(3)
  void letsAPersonRetryWhatABrokenWorkerLeft() throws Exception {
    engine.newDeployResourceCommand().addResourceFromClasspath("repair/breaks.bpmn").send().join();
    try (JobWorker broken =
        engine.newWorker().jobType("breaks").handler(OperateIT::breakOnce).open()) {
      long instance = begin();

      open(instance);
      reloadUntilVisible(page.getByText("1 Incident occurred").first());
      page.getByText("1 Incident occurred").first().click();
      assertThat(page.getByText("the bridge is out").first()).isVisible();
      browser.screenshot("incident");
      page.getByTitle("Retry Instance " + instance).first().click();

      await("it ends").atMost(PATIENCE).until(() -> state(instance).equals("completed"));
      await("and Operate shows it")
          .atMost(PATIENCE)
          .until(
              () -> page.getByTestId("instance-header").getByTestId("COMPLETED-icon").count() > 0);
    }
  }

  private static long begin() {
    return engine
        .newCreateInstanceCommand()
        .bpmnProcessId("breaks")
        .latestVersion()
        .variables(Map.of("agentId", "main"))
        .send()
        .join()
        .getProcessInstanceKey();
  }

  @Test
  @Order(4)
  void showsAHeartbeatThatAPersonStartedByRest() throws Exception {
    assertThat(logIn("act")).as("a fixed user of Operate").isEqualTo(401);
    assertThat(logIn("view")).as("a fixed user of Operate").isEqualTo(401);
    assertThat(start("heartbeat", Optional.empty()).statusCode()).as("no token").isEqualTo(403);
    assertThat(start("heartbeat", Optional.of(token() + "x")).statusCode())
        .as("another token")
        .isEqualTo(401);
    long instance = startByRest("heartbeat");

    open(instance);

    assertThat(page.getByText(Long.toString(instance)).first()).isVisible();
    await("drawn").atMost(PATIENCE).until(() -> drawn().containsAll(inTheFile("heartbeat")));
    await("ended").atMost(PATIENCE).until(() -> !state(instance).equals("active"));
  }

  @Test
  @Order(5)
  void takesTheAnswerAboutAStoppedAgentInTasklistWithItsForm() throws Exception {
    stopByErrors();
    String decision = openDecision();

    page.navigate(kodo.engineAddress() + "/tasklist");
    Locator task = page.getByText("Review stopped agent").first();
    reloadUntilVisible(task);
    task.click();
    assertThat(page.getByText("the same error 4 times in a row").first()).isVisible();
    assertThat(page.getByText("Yes, go on")).isVisible();
    assertThat(page.getByText("No, retire the agent")).isVisible();
    browser.screenshot("review");

    page.setViewportSize(1440, 1100); // A button that is half hidden takes no click.
    button("Assign to me").click();
    assertThat(button("Unassign")).isVisible();
    page.getByText("Yes, go on").click(); // The input itself is drawn over.
    page.getByLabel("Comment").fill("The provider is well again.");
    browser.screenshot("review-answered");
    MODEL.failWith(0);
    button("Complete Task").click();

    await("the answer arrives").atMost(PATIENCE).until(() -> !query(ANSWER, decision).isEmpty());
    assertThat(query(ANSWER, decision))
        .containsExactly("approved by tasklist: The provider is well again.");
    await("the agent beats again")
        .atMost(PATIENCE)
        .until(() -> story.beats().getLast().path("outcome").asText().equals("closed"));
    assertThat(kodo.kodo("approvals").output()).doesNotContain(decision);
  }

  private static Locator button(String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }

  private static void breakOnce(JobClient client, ActivatedJob job) {
    if (DELIVERIES.incrementAndGet() == 1) {
      client.newFailCommand(job).retries(0).errorMessage("the bridge is out").send().join();
    } else {
      client.newCompleteCommand(job).send().join();
    }
  }

  /** The same error in each beat, until a person is asked. */
  private static void stopByErrors() {
    MODEL.failWith(400);
    for (int beat = 0; beat < 8 && kodo.api("/api/status").path("decisionsOpen").asInt() == 0; ) {
      int before = story.beats().size();
      if (kodo.kodo("beat").exitCode() == 0) {
        beat++;
        await("the beat fails")
            .atMost(PATIENCE)
            .until(
                () ->
                    story.beats().size() > before
                        || kodo.api("/api/status").path("decisionsOpen").asInt() > 0);
      }
    }
    await("a person is asked")
        .atMost(PATIENCE)
        .until(() -> kodo.api("/api/status").path("decisionsOpen").asInt() > 0);
  }

  private static String openDecision() {
    return Pattern.compile("kodo approve (D-\\d+)")
        .matcher(kodo.kodo("approvals").output())
        .results()
        .map(match -> match.group(1))
        .findFirst()
        .orElseThrow();
  }

  private static void openFromTheList(String process, long instance) {
    page.navigate(
        kodo.engineAddress()
            + "/operate/processes?active=true&incidents=true&version=all&process="
            + process);
    Locator link =
        page.getByRole(
            AriaRole.LINK, new Page.GetByRoleOptions().setName(Pattern.compile("" + instance)));
    reloadUntilVisible(link.first());
    link.first().click();
    page.locator(".djs-container .djs-shape").first().waitFor();
  }

  /** Operate learns of an instance a moment after the engine. */
  private static void open(long instance) {
    page.navigate(kodo.engineAddress() + "/operate/processes/" + instance);
    reloadUntilVisible(page.locator(".djs-container .djs-shape").first());
  }

  private static void reloadUntilVisible(Locator locator) {
    for (int i = 0; i < 20 && !locator.isVisible(); i++) {
      try {
        locator.waitFor(new Locator.WaitForOptions().setTimeout(5_000));
      } catch (com.microsoft.playwright.TimeoutError notYet) {
        page.reload();
      }
    }
    assertThat(locator).isVisible();
  }

  /** The elements of the diagram on the page. */
  private static Set<String> drawn() {
    Set<String> ids = new TreeSet<>();
    for (Locator element : page.locator(".djs-container .djs-element").all()) {
      ids.add(element.getAttribute("data-element-id"));
    }
    return ids;
  }

  /** All that a diagram draws: each shape and each edge. */
  private static Set<String> inTheFile(String process) throws IOException {
    String bpmn =
        Files.readString(Installation.REPOSITORY.resolve("processes/" + process + ".bpmn"));
    Set<String> ids = new TreeSet<>();
    Pattern.compile("<bpmndi:BPMN(?:Shape|Edge) [^>]*bpmnElement=\"([^\"]+)\"")
        .matcher(bpmn)
        .results()
        .map((MatchResult match) -> match.group(1))
        .forEach(ids::add);
    assertThat(ids).hasSizeGreaterThan(10);
    return ids;
  }

  private static void assertTokens(long instance) throws SQLException {
    Set<String> shown = new TreeSet<>();
    for (Locator overlay : page.locator(".djs-overlays[data-container-id]").all()) {
      if (overlay.locator("[data-testid*='active']").count() > 0) {
        shown.add(overlay.getAttribute("data-container-id"));
      }
    }
    assertThat(shown).isEqualTo(new TreeSet<>(tokens(instance)));
  }

  /** Where the engine's own records say that the tokens are. */
  private static List<String> tokens(long instance) throws SQLException {
    return query(
        """
        select element_id from engine.element_instance
        where instance_key = ? and element_key <> instance_key
        """,
        instance);
  }

  private static String state(long instance) throws SQLException {
    List<String> states =
        query("select state from engine.process_instance where instance_key = ?", instance);
    return states.isEmpty() ? "unknown" : states.getFirst();
  }

  private static long active(String process) throws SQLException {
    String sql =
        """
        select instance_key from engine.process_instance
        where process_id = ? and state = 'active'
        """;
    await("one running " + process).atMost(PATIENCE).until(() -> query(sql, process).size() == 1);
    return Long.parseLong(query(sql, process).getFirst());
  }

  private static List<String> query(String sql, Object argument) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                kodo.workersProperty("spring.datasource.url"),
                kodo.workersProperty("spring.datasource.username"),
                kodo.workersProperty("spring.datasource.password"));
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, argument);
      List<String> values = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          values.add(rows.getString(1));
        }
      }
      return values;
    }
  }

  /** As docs/operate.md says: with the token. */
  private static long startByRest(String process) throws Exception {
    HttpResponse<String> started = start(process, Optional.of(token()));
    assertThat(started.statusCode()).as(started.body()).isEqualTo(200);
    return Long.parseLong(
        started.body().replaceAll("(?s).*\"processInstanceKey\":\\s*\"?(\\d+).*", "$1"));
  }

  private static HttpResponse<String> start(String process, Optional<String> token)
      throws Exception {
    HttpRequest.Builder request =
        request("/v2/process-instances", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"processDefinitionId\":\""
                        + process
                        + "\",\"variables\":{\"agentId\":\"main\",\"trigger\":\"rest\"}}"));
    token.ifPresent(known -> request.header("Authorization", "Bearer " + known));
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** The status of a log-in with the name as the password. */
  private static int logIn(String user) throws Exception {
    return HTTP.send(
            request("/api/login", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("username=" + user + "&password=" + user))
                .build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private static HttpRequest.Builder request(String path, String type) {
    return HttpRequest.newBuilder(URI.create(kodo.engineAddress() + path))
        .timeout(Duration.ofSeconds(20))
        .header("Content-Type", type);
  }

  private static String token() throws IOException {
    return Files.readString(home.resolve("secrets/operate-token")).strip();
  }

  private static String password() throws IOException {
    return Files.readString(home.resolve("secrets/operate")).strip();
  }
}
