package dev.kodo.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import dev.kodo.process.RecordedProcesses;
import dev.kodo.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

/** Diagrams over the API, from the exporter's tables. */
@Tag("slow")
class DiagramControllerTest {
  private final TestDatabase database = TestDatabase.fresh().withEngineRecords();
  private final RecordedProcesses recorded = new RecordedProcesses(database);
  private final MockMvc api = api("records");

  @BeforeEach
  void record() {
    recorded.definition("test-engine", 1, "heart", 1);
    recorded.definition("test-engine", 2, "heart", 2);
    recorded.instance("test-engine", 10, 1, null, "active", 3);
    recorded.instance("test-engine", 11, 2, null, "completed", 1);
    recorded.token("test-engine", 100, 10, "Task_A", "SERVICE_TASK");
  }

  @Test
  void tellsOfAllInstancesWhenNoneIsNamed() throws Exception {
    assertThat(answer(api, "/api/diagrams/heart"))
        .startsWith("200 ")
        .contains("\"version\":2", "<bpmn 2/>", "\"tokens\":1", "\"instance\":null");
  }

  @Test
  void tellsOfTheOneThatRunsInItsOwnVersion() throws Exception {
    assertThat(answer(api, "/api/diagrams/heart?instance=latest"))
        .startsWith("200 ")
        .contains("\"version\":1", "<bpmn 1/>", "\"key\":10");
    assertThat(answer(api, "/api/diagrams/heart?instance=11")).contains("\"version\":2");
  }

  @Test
  void saysWhatItDoesNotKnow() throws Exception {
    assertThat(answer(api, "/api/diagrams/hart"))
        .startsWith("404 ")
        .contains("PROCESS_UNKNOWN", "heart");
    assertThat(answer(api, "/api/diagrams/heart?instance=12"))
        .startsWith("404 ")
        .contains("INSTANCE_UNKNOWN");
    assertThat(answer(api, "/api/diagrams/heart?instance=x'"))
        .startsWith("400 ")
        .contains("latest");
    assertThat(answer(api("none"), "/api/diagrams/heart"))
        .startsWith("404 ")
        .contains("ENGINE_UNSEEN");
  }

  private MockMvc api(String view) {
    return MockMvcBuilders.standaloneSetup(new DiagramController(recorded.records(view)))
        .setControllerAdvice(new ErrorAdvice())
        .build();
  }

  private static String answer(MockMvc api, String path) throws Exception {
    MockHttpServletResponse response = api.perform(get(path)).andReturn().getResponse();
    return response.getStatus() + " " + response.getContentAsString(StandardCharsets.UTF_8);
  }
}
