package dev.kodo.kernel.guard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Set;

/** Ollama's chat. */
final class OllamaWire implements Wire {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final Set<String> FIELDS =
      Set.of("model", "messages", "options", "stream", "format", "think", "keep_alive", "tools");
  private static final Set<String> OPTIONS =
      Set.of(
          "num_predict",
          "num_ctx",
          "temperature",
          "top_p",
          "top_k",
          "min_p",
          "seed",
          "stop",
          "repeat_penalty",
          "repeat_last_n",
          "mirostat",
          "mirostat_eta",
          "mirostat_tau");

  @Override
  public String path() {
    return "api/chat";
  }

  @Override
  public Inspection inspect(ObjectNode call, String constitution) throws CallRefused {
    CallShape shape = new CallShape(call);
    CallShape.allow(call, "", FIELDS);
    CallShape.requireEmpty(call, "tools");
    if (call.has("options")) {
      CallShape.allow(call.path("options"), "options", OPTIONS);
    }
    long bound = CallShape.bound(call.path("options").path("num_predict"), "options.num_predict");
    OpenAiWire.leadingMessage(shape, constitution);
    if (!call.path("think").isBoolean()) {
      CallShape.requireWord(call.path("think"), "think");
    }
    shape.takeSchema("format");
    return shape.inspection(
        shape.model(),
        CallShape.requireBound(bound, "options.num_predict"),
        shape.flag("stream", true));
  }

  @Override
  public void amend(ObjectNode call, Amendment amendment) {
    amendment.writeOllama(call);
  }

  @Override
  public boolean whole(JsonNode answer, Usage usage) {
    count(answer, usage);
    return answer.path("message").isObject();
  }

  @Override
  public boolean event(String line, Usage usage) {
    if (line.isBlank()) {
      return false;
    }
    try {
      JsonNode event = StrictJson.answer(line);
      count(event, usage);
      return event.path("done").asBoolean();
    } catch (IOException garbled) {
      usage.nonsense();
      return false;
    }
  }

  private static void count(JsonNode answer, Usage usage) {
    usage.thought(answer.path("message").path("thinking"));
    usage.text(answer.path("message").path("content"));
    usage.finish(answer.path("done_reason"));
    usage.model(answer.path("model"));
    usage.input(answer.path("prompt_eval_count"));
    usage.output(answer.path("eval_count"));
    if (answer.path("done").asBoolean()) {
      usage.read(answer.path("prompt_eval_count"), millis(answer.path("prompt_eval_duration")));
      usage.write(answer.path("eval_count"), millis(answer.path("eval_duration")));
    }
  }

  private static double millis(JsonNode nanos) {
    return nanos.asDouble() / NANOS_PER_MILLI;
  }
}
