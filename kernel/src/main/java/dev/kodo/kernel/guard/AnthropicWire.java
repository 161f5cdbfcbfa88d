package dev.kodo.kernel.guard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Set;

/** Anthropic's messages. */
final class AnthropicWire implements Wire {
  private static final Set<String> FIELDS =
      Set.of(
          "model",
          "messages",
          "system",
          "max_tokens",
          "temperature",
          "top_p",
          "top_k",
          "stop_sequences",
          "stream",
          "output_config",
          "tools");

  private static final Set<String> PART = Set.of("type", "text", "cache_control");

  @Override
  public String path() {
    return "v1/messages";
  }

  @Override
  public Inspection inspect(ObjectNode call, String constitution) throws CallRefused {
    CallShape shape = new CallShape(call, PART);
    CallShape.allow(call, "", FIELDS);
    CallShape.requireEmpty(call, "tools");
    if (call.has("output_config")) {
      CallShape.allow(call.path("output_config"), "output_config", Set.of("format"));
      shape.takeSchema("output_config");
    }
    long bound = CallShape.bound(call.path("max_tokens"), "max_tokens");
    if (!call.has("system")) {
      throw CallShape.layer0();
    }
    shape.takeContent(call, "system", "system", constitution);
    JsonNode messages = shape.messages();
    for (int i = 0; i < messages.size(); i++) {
      String place = "messages[" + i + "]";
      CallShape.allow(messages.get(i), place, Set.of("role", "content"));
      CallShape.requireTurn(messages.get(i), place);
      shape.takeContent((ObjectNode) messages.get(i), "content", place + ".content", "");
    }
    return shape.inspection(
        shape.model(), CallShape.requireBound(bound, "max_tokens"), shape.flag("stream", false));
  }

  @Override
  public void amend(ObjectNode call, Amendment amendment) {
    amendment.writeAnthropic(call);
  }

  @Override
  public boolean whole(JsonNode answer, Usage usage) {
    for (JsonNode block : answer.path("content")) {
      text(block, usage);
    }
    usage.finish(answer.path("stop_reason"));
    usage.model(answer.path("model"));
    report(answer.path("usage"), usage);
    return answer.path("content").isArray();
  }

  @Override
  public boolean event(String line, Usage usage) {
    if (!line.startsWith("data:")) {
      return false;
    }
    try {
      JsonNode event = StrictJson.answer(line.substring("data:".length()));
      JsonNode delta = event.path("delta");
      text(delta, usage);
      usage.finish(delta.path("stop_reason"));
      usage.model(event.path("message").path("model"));
      report(event.path("message").path("usage"), usage);
      report(event.path("usage"), usage);
      return event.path("type").asText().equals("message_stop");
    } catch (IOException garbled) {
      usage.nonsense();
      return false;
    }
  }

  private static void text(JsonNode block, Usage usage) {
    usage.thought(block.path("thinking"));
    usage.text(block.path("text"), block.path("partial_json"));
  }

  private static void report(JsonNode report, Usage usage) {
    if (!report.isObject()) {
      return;
    }
    usage.input(
        report.path("input_tokens"),
        report.path("cache_creation_input_tokens"),
        report.path("cache_read_input_tokens"));
    usage.cached(report.path("cache_read_input_tokens"));
    usage.cacheWritten(report.path("cache_creation_input_tokens"));
    usage.output(report.path("output_tokens"));
  }
}
