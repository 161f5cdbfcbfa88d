package dev.kodo.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kodo.agent.AgentState;
import dev.kodo.agent.Agents;
import dev.kodo.audit.AuditTrail;
import dev.kodo.process.FakeProcessEngine;
import dev.kodo.routine.StoredRoutines;
import dev.kodo.testing.SettableClock;
import dev.kodo.testing.TestDatabase;
import dev.kodo.testing.TestProperties;
import dev.kodo.workspace.Workspace;
import dev.kodo.workspace.Workspaces;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

/** Routines over the API: a real file, a real database, an engine that only remembers. */
@Tag("slow")
class RoutineControllerTest {
  private static final String PATH = "/api/agents/main/routines";
  private static final String NEWS =
      "{\"name\":\"news\",\"cron\":\"0 7 * * *\",\"instruction\":\"Say it.\",\"spend\":\"0.20\"}";

  @TempDir Path folder;
  private final SettableClock clock = new SettableClock("2026-01-31T09:30:00Z");
  private final TestDatabase database = TestDatabase.fresh();
  private final FakeProcessEngine engine = new FakeProcessEngine();
  private final Agents agents = new Agents(database.jdbc(), clock);
  private Workspace workspace;
  private MockMvc api;

  @BeforeEach
  void open() {
    Workspaces workspaces = new Workspaces(folder, clock, AuditTrail.NONE);
    workspace = workspaces.of("main");
    workspace.prepare();
    api =
        MockMvcBuilders.standaloneSetup(
                new RoutineController(
                    StoredRoutines.in(database, workspaces, engine, clock),
                    agents,
                    TestProperties.in(folder, Map.of())))
            .setControllerAdvice(new ErrorAdvice())
            .build();
  }

  @Test
  void addsChangesAndRemovesWithoutTouchingTheRest() throws Exception {
    workspace.write("routines.yml", "# Mine.\nother:\n  when: {message: go}\n  do: Go.  # yes\n");

    assertThat(post(PATH, NEWS)).contains("changed");
    assertThat(get(PATH)).contains("\"other\"", "\"news\"", "cron 0 7 * * *", "\"problems\":[]");
    assertThat(post(PATH + "/news/disable", "{}")).contains("changed");
    assertThat(get(PATH + "/news")).contains("\"enabled\":false", "\"runs\":[]");
    assertThat(post(PATH + "/news/enable", "{}")).contains("changed");
    assertThat(post(PATH + "/news/remove", "{}")).contains("changed");

    assertThat(workspace.read("routines.yml").strip())
        .isEqualTo("# Mine.\nother:\n  when: {message: go}\n  do: Go.  # yes");
    assertThat(engine.published()).containsOnly("routine-trigger main").hasSize(4);
    assertThat(workspace.commit("again", java.util.List.of("routines.yml")))
        .as("anything left to commit")
        .isFalse();
  }

  /** Whatever the layout, the file afterwards means what was asked, or is as it was. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "news: {when: {message: go}, do: Go.}\n",
        "news:\n  {when: {message: go}, do: Go.}\n",
        "news:\n  {when: {message: go},\n   do: Go.}\n# end\n",
        "news: {when: {message: go}, do: Go., enabled: true}  # now\n",
        "news: {  # mine\n  when: {message: go}, do: Go.\n}\n",
        "\"news\": &a {when: {message: go}, do: Go.}\n",
        "news: {when: {message: go}, do: 'With {braces}.'}\nlast: {when: {message: x}, do: X.}\n"
      })
  void switchesAndRemovesEntriesInBraces(String text) throws Exception {
    workspace.write("routines.yml", text);

    assertThat(post(PATH + "/news/disable", "{}")).contains("changed");
    assertThat(get(PATH + "/news")).contains("\"enabled\":false");
    assertThat(post(PATH + "/news/enable", "{}")).contains("changed");
    assertThat(get(PATH + "/news")).contains("\"enabled\":true");
    assertThat(post(PATH + "/news/remove", "{}")).contains("changed");

    assertThat(get(PATH)).doesNotContain("\"news\"").contains("\"problems\":[]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{news: {when: {message: go}, do: Go.}}\n",
        "{\nnews: {when: {message: go}, do: Go.}\n}\n",
        "old: &o {when: {message: go}, do: Go.}\nnews: *o\n",
        "? news\n: {when: {message: go}, do: Go.}\n",
        "news:\n  when: {message: go}\n  do: Go.\n  enabled: >\n    true\n",
        "news: {when: {message: go}, do: Go., enabled: maybe}\n",
        "news: {}\n"
      })
  void leavesALayoutAloneThatItCannotChange(String text) throws Exception {
    workspace.write("routines.yml", text);

    assertThat(post(PATH + "/news/disable", "{}")).contains("ROUTINE_REFUSED");

    assertThat(workspace.read("routines.yml")).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\":\"../x\",\"cron\":\"0 7 * * *\",\"instruction\":\"a\"}",
        "{\"name\":\"a\\nb\",\"cron\":\"0 7 * * *\",\"instruction\":\"a\"}",
        "{\"name\":\"\ud83d\udc1d\",\"cron\":\"0 7 * * *\",\"instruction\":\"a\"}",
        "{\"name\":\"news\",\"instruction\":\"a\"}",
        "{\"name\":\"news\",\"cron\":\"every day\",\"instruction\":\"a\"}",
        "{\"name\":\"news\",\"cron\":\"0 7 * * *\"}",
        "{\"name\":\"news\",\"cron\":\"0 7 * * *\",\"process\":\"pacemaker\"}",
        "{\"name\":\"news\",\"cron\":\"0 7 * * *\",\"instruction\":\"a\",\"spend\":\"1e9\"}",
        "{\"name\":\"news\",\"cron\":\"@daily\\n  do: x\",\"instruction\":\"a\"}"
      })
  void refusesWhatCannotBecomeARoutineAndWritesNothing(String body) throws Exception {
    assertThat(post(PATH, body)).contains("ROUTINE_REFUSED");

    assertThat(workspace.exists("routines.yml")).isFalse();
  }

  @Test
  void refusesASecondRoutineOfOneNameAndOneThatIsNotThere() throws Exception {
    post(PATH, NEWS);

    assertThat(post(PATH, NEWS)).contains("ROUTINE_REFUSED", "already");
    assertThat(post(PATH + "/gone/remove", "{}")).contains("ROUTINE_REFUSED", "gone");
    assertThat(post(PATH + "/gone/run", "{}")).contains("ROUTINE_UNKNOWN");
    assertThat(post("/api/agents/nobody/routines", NEWS)).contains("AGENT_UNKNOWN");
  }

  @Test
  void sendsARunOrAWordToTheSchedulerWhileTheAgentLives() throws Exception {
    workspace.write("routines.yml", "report:\n  when: {message: go}\n  do: Go.\n");

    assertThat(post(PATH + "/report/run", "{}")).contains("asked");
    assertThat(post(PATH + "/trigger", "{\"message\":\"go\"}")).contains("sent", "report");
    assertThat(post(PATH + "/trigger", "{\"message\":\"other\"}")).contains("\"routines\":[]");
    assertThat(post(PATH + "/trigger", "{}")).contains("REQUEST_INVALID");
    assertThat(engine.published()).hasSize(3);

    agents.moveTo("main", AgentState.STOPPED);
    assertThat(post(PATH + "/report/run", "{}")).contains("stopped");
    assertThat(engine.published()).hasSize(3);
  }

  private String get(String path) throws Exception {
    return send(MockMvcRequestBuilders.get(path));
  }

  private String post(String path, String body) throws Exception {
    return send(
        MockMvcRequestBuilders.post(path).contentType(MediaType.APPLICATION_JSON).content(body));
  }

  private String send(MockHttpServletRequestBuilder request) throws Exception {
    MockHttpServletResponse response = api.perform(request).andReturn().getResponse();
    return response.getContentAsString(StandardCharsets.UTF_8);
  }
}
