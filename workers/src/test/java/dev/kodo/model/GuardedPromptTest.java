package dev.kodo.model;

import static dev.kodo.model.ModelFixture.NOTE;
import static dev.kodo.model.ModelFixture.question;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kodo.model.ModelFixture.Note;
import dev.kodo.model.ModelsFile.Kind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the guard knows of a model shapes the prompt that is sent to it. */
class GuardedPromptTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final StubEndpoint endpoint = StubEndpoint.start();
  private final ModelFixture fixture = new ModelFixture();

  @AfterEach
  void stop() {
    endpoint.close();
  }

  @Test
  void sendsNothingThatDoesNotFitIntoTheContext() {
    knows("\"context_tokens\":300,\"bytes_per_token\":4.0,\"thinks\":\"no\"");

    assertThatThrownBy(() -> ask(question("The sea")))
        .hasMessageContaining("the context of stub/stub-model has 300, so nothing was sent");

    assertThat(endpoint.received()).isEmpty();
  }

  @Test
  void countsRoomForThoughtsOnlyWhereTheModelThinks() {
    String facts = "\"context_tokens\":6000,\"bytes_per_token\":4.0,\"think_room\":5900";
    endpoint.thenSays(NOTE).thenSays(NOTE);
    knows(facts + ",\"thinks\":\"unknown\"");
    ask(question("The sea"));
    knows(facts + ",\"thinks\":\"yes\"");

    assertThatThrownBy(() -> ask(question("The sea"))).hasMessageContaining("nothing was sent");
  }

  @Test
  void marksWhatAChoiceAndItsWorkHaveInCommonForAnthropicsCache() {
    knows("\"cache_prices\":true");
    endpoint
        .thenRefuses(400, "{\"error\":{\"message\":\"output_config is not known\"}}")
        .thenSays(NOTE)
        .thenSays(NOTE);

    Models models = fixture.asking(Kind.ANTHROPIC, TIMEOUT, endpoint);
    models.ask(fixture.job(), about(Purpose.CHOOSE_ACTIVITY, "Choose."));
    models.ask(fixture.job(), about(Purpose.THINK, "Think."));

    List<StubEndpoint.Received> sent = endpoint.received();
    JsonNode choice = sent.get(sent.size() - 2).body().path("messages");
    JsonNode work = sent.getLast().body().path("messages");
    JsonNode front = choice.path(0).path("content").path(0);
    assertThat(front.path("cache_control").toString()).isEqualTo("{\"type\":\"ephemeral\"}");
    assertThat(front.path("text").asText()).startsWith("[[begin ").endsWith("]]");
    assertThat(work.path(0).equals(choice.path(0))).as("the same front").isTrue();
    assertThat(choice.toString()).contains("Choose.");
    assertThat(sent.getFirst().body().toString()).contains("output_config").doesNotContain("cache");
  }

  private void knows(String facts) {
    endpoint
        .guard()
        .knows("{\"models\":[{\"provider\":\"stub\",\"model\":\"stub-model\"," + facts + "}]}");
  }

  private void ask(Question<Note> question) {
    fixture.asking(Kind.OPENAI, TIMEOUT, endpoint).ask(fixture.job(), question);
  }

  private static Question<Note> about(Purpose purpose, String instruction) {
    Contract<Note> note = question("x").contract();
    return new Question<>(
        new Contract<>(purpose, note.answerType(), note.bound(), note.least(), note.otherwise()),
        ModelFixture.HEARTBEAT,
        instruction,
        List.of(new Section("Theme", "The sea. ".repeat(600), Section.Kind.THEME)));
  }
}
