package dev.kodo.kernel.guard;

import static dev.kodo.kernel.guard.GuardFixture.LAYER_0;
import static dev.kodo.kernel.guard.GuardFixture.completion;
import static dev.kodo.kernel.guard.GuardFixture.openAi;
import static dev.kodo.kernel.guard.GuardFixture.quoted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kodo.kernel.budget.Usd;
import dev.kodo.kernel.home.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the guard finds out about models, and what it does with that. */
class GuardKnowledgeTest {
  private static final String PROPS =
      """
      {"build_info":"b1","model_path":"/m.gguf","default_generation_settings":{"n_ctx":8192},
       "chat_template_caps":{"supports_tools":false}}
      """;
  private static final String USAGE = "{\"prompt_tokens\":900,\"completion_tokens\":2}";

  @TempDir Path folder;
  private GuardFixture fixture;

  @BeforeEach
  void start() throws IOException, SQLException {
    fixture = new GuardFixture(folder);
    fixture.guard.close();
    Files.delete(fixture.home.modelFacts());
    Files.writeString(
        fixture.home.models(),
        Files.readString(fixture.home.models())
            .replace(
                "  gone: ",
                "  mine:   {kind: openai, base-url: \"%s/v1\", free: true, thinking: off}\n  gone: "
                    .formatted(fixture.provider.address()))
            .replace("[paid/m, ", "[paid/m, mine/m, "));
    fixture.provider.does(FakeProvider.ok(completion("{\"word\": \"kodo\"}", USAGE)));
  }

  @AfterEach
  void stop() throws IOException {
    fixture.close();
  }

  @Test
  void asksTheServersAtTheStartAndTellsWhatTheySay() throws Exception {
    fixture.provider.tells("GET /props", PROPS);
    fixture.provider.tells(
        "GET /api/tags", "{\"models\":[{\"name\":\"m:latest\",\"digest\":\"d1\"}]}");
    fixture.provider.tells(
        "GET /api/ps", "{\"models\":[{\"name\":\"m:latest\",\"context_length\":4096}]}");
    fixture.provider.tells(
        "POST /api/show",
        "{\"capabilities\":[\"completion\",\"tools\"],\"model_info\":{\"x.context_length\":32768}}");
    fixture.start();

    await("both are asked")
        .until(() -> known("mine").hasNonNull("server") && known("local").hasNonNull("server"));
    JsonNode mine = known("mine");
    assertThat(mine.path("server").asText()).isEqualTo("llama.cpp");
    assertThat(mine.path("fingerprint").asText()).isEqualTo("b1 /m.gguf");
    assertThat(mine.path("context_tokens").asInt()).isEqualTo(8_192);
    assertThat(mine.path("tools").asText()).isEqualTo("no");
    assertThat(mine.path("think_room").asInt()).isEqualTo(2_048);
    assertThat(mine.path("priced").asBoolean()).isFalse();
    assertThat(mine.path("tokenize").asBoolean()).isTrue();
    JsonNode local = known("local");
    assertThat(local.path("context_tokens").asInt()).isEqualTo(32_768);
    assertThat(local.path("tools").asText()).isEqualTo("yes");
    assertThat(known("paid").path("priced").asBoolean()).isTrue();
    assertThat(fixture.provider.seen()).as("no call").isEmpty();
  }

  @Test
  void makesOllamaLoadAContextThatFitsInSteps() throws Exception {
    fixture.provider.tells(
        "POST /api/show",
        "{\"capabilities\":[\"completion\"],\"model_info\":{\"x.context_length\":10000}}");
    fixture.start();
    await("it is asked").until(() -> known("local").hasNonNull("server"));
    fixture.provider.does(
        FakeProvider.ok(
            "{\"message\":{\"content\":\"Hi\"},\"prompt_eval_count\":900,\"eval_count\":2}"));

    ollama("Hello");
    ollama("x".repeat(20_000));
    ollama("Hello");

    List<Integer> contexts =
        fixture.provider.seen().stream()
            .map(seen -> parsed(seen.body()).path("options"))
            .filter(
                options -> Set.of(100, 100 + 2_048).contains(options.path("num_predict").asInt()))
            .map(options -> options.path("num_ctx").asInt())
            .toList();
    assertThat(contexts).hasSize(3);
    assertThat(contexts.getFirst()).isIn(4_096, 8_192);
    assertThat(contexts.get(1)).as("no more than it can load").isEqualTo(10_000);
    assertThat(contexts.get(2)).as("never smaller, which would load it anew").isEqualTo(10_000);
  }

  @Test
  void probesAFreeModelAfterItsFirstCallOnTheRecord() throws Exception {
    fixture.start();
    assertThat(call("mine", openAi("Hello", "")).headers().firstValue("Kodo-Bound"))
        .contains("2148");

    await("schema and tools are probed")
        .until(() -> known("mine").path("tools").asText().equals("no"));

    assertThat(known("mine").path("schema").asText()).isEqualTo("enforced");
    List<FakeProvider.Seen> seen = fixture.provider.seen();
    assertThat(seen).hasSize(4);
    JsonNode probe = parsed(seen.get(1).body());
    assertThat(probe.path("messages").path(0).path("content").asText()).isEqualTo(LAYER_0);
    assertThat(probe.path("response_format").path("type").asText()).isEqualTo("json_schema");
    assertThat(probe.path("reasoning_effort").asText()).as("thinking: off").isEqualTo("none");
    assertThat(parsed(seen.get(2).body()).has("tools")).isFalse();
    assertThat(parsed(seen.get(3).body()).path("tools")).hasSize(1);
    assertThat(parsed(seen.get(3).body()).path("max_tokens").asInt()).isEqualTo(1);
    fixture.guard.close();
    assertThat(
            fixture.audit.events().stream().filter(e -> "probe".equals(e.detail().get("purpose"))))
        .hasSize(3)
        .allSatisfy(event -> assertThat(event.agentId()).isEqualTo("main"));
    assertThat(fixture.rows("select count(*) from guard.spend where purpose = 'probe'"))
        .containsExactly("3");
  }

  @Test
  void neverProbesWhatCostsMoney() throws Exception {
    fixture.start();
    call("paid", openAi("Hello", ""));
    call("mine", openAi("Hello", ""));
    await("the free one is probed").until(() -> known("mine").path("tools").asText().equals("no"));

    assertThat(known("paid").path("schema").asText()).isEqualTo("unknown");
    assertThat(fixture.rows("select provider from guard.spend where purpose = 'probe' group by 1"))
        .containsExactly("mine");
  }

  @Test
  void provesNothingByAnEmptyAnswer() throws Exception {
    fixture.provider.does(FakeProvider.ok(completion("", USAGE)));
    fixture.start();
    call("mine", openAi("Hello", ""));
    await("tools are probed").until(() -> known("mine").path("tools").asText().equals("no"));

    assertThat(known("mine").path("schema").asText()).isEqualTo("unknown");
  }

  /** The stand-in follows the schema unless it is told not to think. */
  @Test
  void refusesToSwitchThinkingOffWhereThatMakesTheServerForgetTheSchema() throws Exception {
    fixture.provider.does(
        out -> {
          String body = fixture.provider.seen().getLast().body();
          boolean forgets = body.contains("\"reasoning_effort\":\"none\"");
          FakeProvider.ok(completion(forgets ? "The sea is wide." : "{\"word\":\"kodo\"}", USAGE))
              .answer(out);
        });
    fixture.start();
    call("mine", openAi("Hello", ""));
    await("it is found").until(() -> known("mine").path("thinking_refused").asBoolean());

    HttpResponse<String> refused =
        fixture.call("mine", openAi("Hello", ",\"response_format\":{\"type\":\"json_object\"}"));
    assertThat(refused.headers().firstValue("Kodo-Guard")).contains("thinking-refused");
    assertThat(fixture.call("mine", openAi("Hello", "")).statusCode()).isEqualTo(200);
    assertThat(fixture.provider.seen().size() - 2).as("four probes at most").isLessThanOrEqualTo(4);
  }

  @Test
  void letsNoBodyOfferToolsInThisWay() throws Exception {
    fixture.start();
    HttpResponse<String> answer =
        fixture.send(
            fixture
                .request("/models/mine/chat/completions", openAi("Hello", ",\"tools\":[{}]"))
                .header(Probes.HEADER, "guess")
                .header(Probes.THINKING, "off"));
    assertThat(answer.headers().firstValue("Kodo-Guard")).contains("field-refused");
  }

  @Test
  void learnsTheContextFromTheErrorThatNamesIt() throws Exception {
    fixture.start();
    fixture.provider.does(
        FakeProvider.status(
            400,
            "",
            "{\"error\":{\"type\":\"exceed_context_size_error\",\"n_prompt_tokens\":9000,\"n_ctx\":4096}}"));
    call("mine", openAi("Hello", ""));
    assertThat(known("mine").path("context_tokens").asInt()).isEqualTo(4_096);
  }

  @Test
  void sendsNothingWhereTheLeastAnswerCannotBeHadInTime() throws Exception {
    fixture.known(
        List.of("mine/m"),
        "\"thoughts\": [0,0,0], \"write_per_second\": 2.0, \"read_per_second\": 1000.0, \"schema\": \"enforced\", \"schema_thinking\": \"off\","
            + " \"speeds\": 3, \"last_speed\": \"%s\"".formatted(fixture.clock.instant()));
    fixture.start();

    HttpResponse<String> slow =
        fixture.send(
            fixture
                .request("/models/mine/chat/completions", openAi("Hello", ""))
                .header("Kodo-Least-Answer", "50"));

    assertThat(slow.statusCode()).isEqualTo(422);
    assertThat(slow.headers().firstValue("Kodo-Guard")).contains("too-slow");
    assertThat(slow.body()).contains("writes 2.0 a second", "`timeout: PT1M` would do");
    assertThat(fixture.provider.seen()).isEmpty();
    assertThat(fixture.rows("select count(*) from guard.spend")).containsExactly("0");
    assertThat(known("mine").path("too_slow").asText()).contains("would do");
    fixture.send(
        fixture
            .request("/models/mine/chat/completions", openAi("Hello", ""))
            .header("Kodo-Least-Answer", "1"));
    assertThat(known("mine").hasNonNull("too_slow")).isFalse();
    assertThat(parsed(fixture.provider.seen().getLast().body()).path("max_tokens").asInt())
        .isBetween(1, 5);
  }

  @Test
  void countsTokensForNothing() throws Exception {
    fixture.start();
    assertThat(count("mine", "abcd").toString()).isEqualTo("{\"tokens\":[4],\"how\":\"bytes\"}");
    call("mine", openAi("Hello", ""));
    JsonNode ratio = count("mine", "abcd".repeat(100));
    assertThat(ratio.path("how").asText()).isEqualTo("ratio");
    assertThat(ratio.path("tokens").path(0).asInt()).isBetween(50, 399);
    fixture.provider.tells("GET /props", PROPS);
    fixture.provider.tells("POST /tokenize", "{\"tokens\":[5,6,7]}");
    fixture.guard.close();
    fixture.start();
    await("it is asked").until(() -> known("mine").path("tokenize").asBoolean());
    assertThat(count("mine", "abcd").toString()).isEqualTo("{\"tokens\":[3],\"how\":\"tokenize\"}");
    HttpRequest.Builder command =
        fixture.request("/models/cli/count", "{\"model\":\"m\",\"texts\":[\"a\"]}");
    assertThat(fixture.send(command).statusCode()).isEqualTo(404);
    assertThat(fixture.rows("select count(*) from guard.spend where provider = 'cli'"))
        .containsExactly("0");
  }

  @Test
  void letsAnthropicsCacheMarksPassOnlyWhereTheirPriceIsKnown() throws Exception {
    fixture.start();
    fixture.provider.does(
        FakeProvider.ok(
            "{\"content\":[{\"type\":\"text\",\"text\":\"Hi\"}],\"usage\":{\"input_tokens\":100,"
                + "\"cache_read_input_tokens\":600,\"cache_creation_input_tokens\":300,"
                + "\"output_tokens\":10}}"));
    String good = "{\"type\":\"ephemeral\"}";
    assertThat(fixture.call("claude", anthropic(good)).headers().firstValue("Kodo-Guard"))
        .contains("field-refused");
    Files.writeString(
        fixture.home.prices(),
        """
        as-of: 2026-11-02
        models:
          claude/m: {input-per-million: 10, output-per-million: 20, cache-read-per-million: 1, cache-write-per-million: 12.5}
        """);
    assertThat(
            fixture
                .call("claude", anthropic("{\"type\":\"ephemeral\",\"ttl\":\"1h\"}"))
                .statusCode())
        .isEqualTo(403);
    assertThat(fixture.call("claude", anthropic("{\"type\":\"lasting\"}")).statusCode())
        .isEqualTo(403);

    HttpResponse<String> answer = fixture.call("claude", anthropic(good));

    assertThat(answer.headers().firstValue("Kodo-Cost-Usd"))
        .contains(
            Usd.ofTokens(100, Usd.parse("10"))
                .plus(Usd.ofTokens(600, Usd.parse("1")))
                .plus(Usd.ofTokens(300, Usd.parse("12.5")))
                .plus(Usd.ofTokens(10, Usd.parse("20")))
                .toString());
    FakeProvider.Seen seen = fixture.provider.seen().getLast();
    assertThat(parsed(seen.body()).path("system").path(0).path("cache_control").toString())
        .isEqualTo(good);
    fixture.guard.close();
    assertThat(
            fixture.rows(
                "select input_tokens, cached_tokens from guard.spend where basis = 'reported'"))
        .containsExactly("1000|600");
  }

  private static String anthropic(String mark) {
    return "{\"model\":\"m\",\"max_tokens\":100,\"system\":[{\"type\":\"text\",\"text\":"
        + quoted(LAYER_0)
        + ",\"cache_control\":"
        + mark
        + "}],\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";
  }

  private HttpResponse<String> call(String provider, String body) throws Exception {
    return fixture.call(provider, body);
  }

  private void ollama(String user) throws Exception {
    ObjectNode call = Json.object().put("model", "m").put("stream", false);
    call.putObject("options").put("num_predict", 100);
    call.putArray("messages").addObject().put("role", "system").put("content", LAYER_0);
    call.withArray("messages").addObject().put("role", "user").put("content", user);
    assertThat(fixture.call("local", Json.line(call)).statusCode()).isEqualTo(200);
  }

  private JsonNode count(String provider, String text) throws Exception {
    return Json.parse(
        fixture
            .send(
                fixture.request(
                    "/models/" + provider + "/count",
                    "{\"model\":\"m\",\"texts\":[" + quoted(text) + "]}"))
            .body());
  }

  private JsonNode known(String provider) {
    try {
      HttpResponse<String> answer =
          fixture.send(
              HttpRequest.newBuilder(URI.create(fixture.address() + "/models"))
                  .header("Authorization", "Bearer " + GuardFixture.TOKEN)
                  .GET());
      for (JsonNode model : Json.parse(answer.body()).path("models")) {
        if (model.path("provider").asText().equals(provider)) {
          return model;
        }
      }
      return Json.object();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode parsed(String body) {
    try {
      return Json.parse(body);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
