package dev.kodo.kernel.guard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Set;

/** OpenAI's chat completions. */
final class OpenAiWire implements Wire {
  private static final Set<String> FIELDS =
      Set.of(
          "model",
          "messages",
          "max_tokens",
          "max_completion_tokens",
          "temperature",
          "top_p",
          "stop",
          "seed",
          "n",
          "stream",
          "stream_options",
          "response_format",
          "presence_penalty",
          "frequency_penalty",
          "reasoning_effort",
          "tools");
  private static final Set<String> MESSAGE = Set.of("role", "content");

  @Override
  public String path() {
    return "chat/completions";
  }

  @Override
  public Inspection inspect(ObjectNode call, String constitution) throws CallRefused {
    CallShape shape = new CallShape(call);
    CallShape.allow(call, "", FIELDS);
    CallShape.requireEmpty(call, "tools");
    JsonNode n = call.path("n");
    if (!n.isMissingNode() && !(n.isIntegralNumber() && n.asText().equals("1"))) {
      throw CallShape.refused("n");
    }
    if (call.has("stream_options")) {
      CallShape.allow(call.path("stream_options"), "stream_options", Set.of("include_usage"));
    }
    long bound = CallShape.bound(call.path("max_tokens"), "max_tokens");
    bound =
        Math.max(
            bound, CallShape.bound(call.path("max_completion_tokens"), "max_completion_tokens"));
    leadingMessage(shape, constitution);
    CallShape.requireWord(call.path("reasoning_effort"), "reasoning_effort");
    shape.takeSchema("response_format");
    return shape.inspection(
        shape.model(), CallShape.requireBound(bound, "max_tokens"), shape.flag("stream", false));
  }

  /** Shared with Ollama: one leading system message, then turns. */
  static void leadingMessage(CallShape shape, String constitution) throws CallRefused {
    JsonNode messages = shape.messages();
    for (int i = 0; i < messages.size(); i++) {
      JsonNode message = messages.get(i);
      String place = "messages[" + i + "]";
      CallShape.allow(message, place, MESSAGE);
      if (i > 0) {
        CallShape.requireTurn(message, place);
      } else if (!message.path("role").asText().equals("system")) {
        throw CallShape.layer0();
      }
      shape.takeContent(
          (ObjectNode) message, "content", place + ".content", i == 0 ? constitution : "");
    }
  }

  @Override
  public void amend(ObjectNode call, Amendment amendment) {
    amendment.writeOpenAi(call);
  }

  @Override
  public boolean whole(JsonNode answer, Usage usage) {
    for (JsonNode choice : answer.path("choices")) {
      text(choice.path("message"), usage);
      usage.finish(choice.path("finish_reason"));
    }
    report(answer, usage);
    return answer.path("choices").isArray();
  }

  @Override
  public boolean event(String line, Usage usage) {
    if (!line.startsWith("data:")) {
      return false;
    }
    String data = line.substring("data:".length()).strip();
    if (data.equals("[DONE]")) {
      return true;
    }
    try {
      JsonNode event = StrictJson.answer(data);
      for (JsonNode choice : event.path("choices")) {
        text(choice.path("delta"), usage);
        usage.finish(choice.path("finish_reason"));
      }
      report(event, usage);
    } catch (IOException garbled) {
      usage.nonsense();
    }
    return false;
  }

  private static void report(JsonNode answer, Usage usage) {
    usage.model(answer.path("model"));
    usage.fingerprint(answer.path("system_fingerprint"));
    JsonNode report = answer.path("usage");
    JsonNode timings = answer.path("timings");
    usage.input(report.path("prompt_tokens"));
    JsonNode cached = report.path("prompt_tokens_details").path("cached_tokens");
    usage.cached(cached.isMissingNode() ? timings.path("cache_n") : cached);
    usage.output(report.path("completion_tokens"));
    usage.thinking(report.path("completion_tokens_details").path("reasoning_tokens"));
    if (timings.isObject()) {
      usage.read(timings.path("prompt_n"), timings.path("prompt_ms").asDouble());
      usage.write(timings.path("predicted_n"), timings.path("predicted_ms").asDouble());
    }
  }

  private static void text(JsonNode message, Usage usage) {
    usage.thought(message.path("reasoning_content"), message.path("reasoning"));
    usage.text(message.path("content"), message.path("refusal"));
  }
}
