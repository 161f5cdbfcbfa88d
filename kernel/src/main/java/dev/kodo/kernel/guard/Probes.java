package dev.kodo.kernel.guard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kodo.kernel.guard.facts.Facts;
import dev.kodo.kernel.guard.facts.Known;
import dev.kodo.kernel.guard.facts.Schema;
import dev.kodo.kernel.home.Json;
import dev.kodo.kernel.http.HttpAnswer;
import dev.kodo.kernel.http.HttpCall;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Finds out by calls what a server does not say of itself. A probe passes the guard like any other
 * call: it carries the constitution, is reserved and recorded. An empty answer proves nothing.
 */
final class Probes {
  /** In which the guard knows its own probes: only they may offer tools. */
  static final String HEADER = "Kodo-Probe";

  /**
   * What a probe wants of the model's thinking, where that is not what the provider's entry says.
   */
  static final String THINKING = "Kodo-Probe-Thinking";

  static final String PURPOSE = "probe";
  private static final int MOST = 4;

  /** Enough for the one word that the schema permits, in JSON. */
  private static final int ANSWER = 48;

  private static final String WORD = "kodo";
  private static final Duration MARGIN = Duration.ofSeconds(30);

  private final String address;
  private final String token;
  private final String secret;
  private final String constitution;

  /**
   * @param address of the guard itself
   * @param token of callers
   * @param secret known to this guard alone
   */
  Probes(String address, String token, String secret, String constitution) {
    this.address = address;
    this.token = token;
    this.secret = secret;
    this.constitution = constitution;
  }

  /** Whether anything is left to be found out. */
  static boolean areDue(Provider provider, Facts facts) {
    return isSchemaDue(provider, facts) || isToolsDue(provider, facts);
  }

  private static boolean isSchemaDue(Provider provider, Facts facts) {
    return facts.schema() == Schema.UNKNOWN
        || (facts.schema() == Schema.ENFORCED
            && provider.thinking() == Thinking.OFF
            && !facts.schemaThinking().equals(Thinking.OFF.word()));
  }

  private static boolean isToolsDue(Provider provider, Facts facts) {
    return facts.tools() == Known.UNKNOWN && provider.kind() == Provider.Kind.OPENAI;
  }

  /** Makes the calls, one after the other; takes as long as they do. */
  void run(Provider provider, String model, String agent, Facts facts) {
    Call call = new Call(provider, model, agent, facts);
    if (isSchemaDue(provider, facts)) {
      Schema found = call.schema(provider.thinking());
      boolean switched = provider.thinking() != Thinking.AS_IT_IS;
      if (found == Schema.IGNORED
          && switched
          && call.schema(Thinking.AS_IT_IS) == Schema.ENFORCED) {
        found = Schema.FORGOTTEN;
      }
      if (found != Schema.UNKNOWN) {
        facts.schema(found, provider.thinking().word());
      }
    }
    if (isToolsDue(provider, facts)) {
      Optional<Integer> without = call.promptTokens(false);
      Optional<Integer> with = without.isPresent() ? call.promptTokens(true) : Optional.empty();
      with.ifPresent(tokens -> facts.tools(Known.of(tokens > without.orElseThrow())));
    }
  }

  /** Calls of one model. */
  private final class Call {
    private final Provider provider;
    private final String model;
    private final String agent;
    private final Facts facts;

    Call(Provider provider, String model, String agent, Facts facts) {
      this.provider = provider;
      this.model = model;
      this.agent = agent;
      this.facts = facts;
    }

    /** Asks for prose with a schema that permits one word. */
    Schema schema(Thinking thinking) {
      ObjectNode call = question(ANSWER + facts.room());
      ObjectNode schema = Json.object().put("type", "object");
      schema
          .putObject("properties")
          .putObject("word")
          .put("type", "string")
          .putArray("enum")
          .add(WORD);
      schema.putArray("required").add("word");
      schema.put("additionalProperties", false);
      switch (provider.kind()) {
        case OPENAI ->
            call.putObject("response_format")
                .put("type", "json_schema")
                .putObject("json_schema")
                .put("name", "word")
                .put("strict", true)
                .set("schema", schema);
        case OLLAMA -> call.set("format", schema);
        case ANTHROPIC ->
            call.putObject("output_config")
                .putObject("format")
                .put("type", "json_schema")
                .set("schema", schema);
        case COMMAND -> {
          return Schema.UNKNOWN;
        }
      }
      return send(call, thinking).map(this::text).map(Probes::judged).orElse(Schema.UNKNOWN);
    }

    Optional<Integer> promptTokens(boolean tools) {
      ObjectNode call = question(1);
      if (tools) {
        ObjectNode function =
            call.putArray("tools").addObject().put("type", "function").putObject("function");
        function.put("name", "weather").put("description", "Tells the weather of a town.");
        ObjectNode parameters = function.putObject("parameters").put("type", "object");
        parameters.putObject("properties").putObject("town").put("type", "string");
      }
      return send(call, provider.thinking())
          .map(answer -> answer.path("usage").path("prompt_tokens"))
          .filter(tokens -> tokens.canConvertToInt() && tokens.intValue() > 0)
          .map(JsonNode::intValue);
    }

    private ObjectNode question(int tokens) {
      ObjectNode call = Json.object().put("model", model).put("stream", false);
      String ask = "Write one sentence about the sea.";
      if (provider.kind() == Provider.Kind.ANTHROPIC) {
        call.put("system", constitution).put("max_tokens", tokens);
        call.putArray("messages").addObject().put("role", "user").put("content", ask);
        return call;
      }
      if (provider.kind() == Provider.Kind.OLLAMA) {
        call.putObject("options").put("num_predict", tokens);
      } else {
        call.put("max_tokens", tokens);
      }
      var messages = call.putArray("messages");
      messages.addObject().put("role", "system").put("content", constitution);
      messages.addObject().put("role", "user").put("content", ask);
      return call;
    }

    /** Empty when there is nothing left to spend on probes, or no answer of use. */
    private Optional<JsonNode> send(ObjectNode call, Thinking thinking) {
      if (!facts.probe(MOST)) {
        return Optional.empty();
      }
      String path = "/models/" + provider.name() + "/" + provider.kind().wire().path();
      try {
        HttpAnswer answer =
            HttpCall.post(address + path, Json.line(call))
                .header("Authorization", "Bearer " + token)
                .header("Kodo-Agent", agent)
                .header("Kodo-Call", PURPOSE + "-" + UUID.randomUUID())
                .header("Kodo-Purpose", PURPOSE)
                .header(HEADER, secret)
                .header(THINKING, thinking.word())
                .timeout(provider.loadTimeout().plus(provider.timeout()).plus(MARGIN))
                .send();
        return answer.isOk() ? Optional.of(answer.json()) : Optional.empty();
      } catch (IOException noAnswer) {
        return Optional.empty();
      }
    }

    private String text(JsonNode answer) {
      return switch (provider.kind()) {
        case OPENAI, COMMAND ->
            answer.path("choices").path(0).path("message").path("content").asText("");
        case OLLAMA -> answer.path("message").path("content").asText("");
        case ANTHROPIC -> answer.path("content").path(0).path("text").asText("");
      };
    }
  }

  /** JSON that was cut says nothing, nor does a thought that did not come to its end. */
  private static Schema judged(String text) {
    int thought = text.lastIndexOf("</think>");
    String answer = text.substring(thought < 0 ? 0 : thought + "</think>".length()).strip();
    if (answer.isEmpty() || answer.startsWith("<think>")) {
      return Schema.UNKNOWN;
    }
    try {
      return Json.parse(answer).path("word").asText().equals(WORD)
          ? Schema.ENFORCED
          : Schema.IGNORED;
    } catch (IOException noJson) {
      return answer.startsWith("{") ? Schema.UNKNOWN : Schema.IGNORED;
    }
  }
}
