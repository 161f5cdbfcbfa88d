package dev.kodo.kernel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kodo.kernel.Samples;
import dev.kodo.kernel.home.Json;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class AgentTextTest {
  @Test
  void saysSinceWhenAnAgentWaitsForRoomAndForWhat() throws IOException {
    JsonNode agent = Json.parse(Samples.text("status.json")).path("agents").path(0);

    assertThat(text(agent))
        .contains(
            "waits for 25 min 00 s: the beats of other agents need what is left of the budget");
    ((ObjectNode) agent.path("survival")).put("tier", "dead");
    assertThat(text(agent)).doesNotContain("waits for");
    ((ObjectNode) agent.path("survival")).put("tier", "normal");
    assertThat(text(agent)).contains("waits for");
    ((ObjectNode) agent).putNull("waitsForRoomSince");
    assertThat(text(agent)).doesNotContain("waits for");
  }

  @Test
  void saysWhatTheErrorsOfTheLatestBeatsDoNotTell() throws IOException {
    ObjectNode agent = (ObjectNode) Json.parse(Samples.text("status.json")).path("agents").path(0);

    assertThat(text(agent))
        .contains(
            "\n  last 4 beats: 2 of 4 choices by table (the last: It broke off.), 1 cut pieces, 1 times nothing worth keeping\n",
            "\n  paused for a person's theme: \"Rivers\" (4 beats)\n",
            "\n  2 beats in a row met: CHOICE_UNREADABLE: The answer names no activity.\n",
            "think (by table)");
    agent.put("state", "stopped-for-review");
    assertThat(text(agent)).contains("\n  stands, because 2 beats in a row met: CHOICE_UNREADABLE");
    ((ObjectNode) agent.path("lately")).put("byTable", 0).put("cut", 0).put("nothingKept", 0);
    agent.putNull("trouble");
    assertThat(text(agent)).doesNotContain("last 4 beats", "in a row");
  }

  private static String text(JsonNode agent) {
    return AgentText.of(agent, Instant.parse("2026-01-01T00:05:00Z"), ZoneOffset.UTC);
  }
}
