package dev.kodo.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Writes a stream in one of the three wire formats, as it comes from the guard. */
final class StubStream {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PART = 7;

  private final Format format;
  private final StringBuilder written = new StringBuilder();

  private enum Format {
    OPENAI,
    ANTHROPIC,
    OLLAMA
  }

  private StubStream(Format format) {
    this.format = format;
    if (format == Format.ANTHROPIC) {
      event(
          "message_start",
          "{'type':'message_start','message':{'id':'msg_1','type':'message','role':'assistant','model':'stub',"
              + "'content':[],'usage':{'input_tokens':100,'output_tokens':1}}}");
      event(
          "content_block_start",
          "{'type':'content_block_start','index':0,'content_block':{'type':'text','text':''}}");
    }
  }

  /** In the format that belongs to the path of a request. */
  static StubStream at(String path) {
    if (path.endsWith("/v1/messages")) {
      return new StubStream(Format.ANTHROPIC);
    }
    return new StubStream(path.endsWith("/api/chat") ? Format.OLLAMA : Format.OPENAI);
  }

  /** The text in many small parts. */
  StubStream text(String text) {
    int[] points = text.codePoints().toArray();
    for (int at = 0; at < points.length; at += PART) {
      part(new String(points, at, Math.min(PART, points.length - at)));
    }
    return this;
  }

  private void part(String part) {
    switch (format) {
      case OPENAI -> delta("content", part);
      case ANTHROPIC -> {
        ObjectNode data = object("{'type':'content_block_delta','index':0}");
        data.putObject("delta").put("type", "text_delta").put("text", part);
        event("content_block_delta", data.toString());
      }
      case OLLAMA -> message("content", part);
    }
  }

  /**
   * @param field of OpenAI's format; the others have one of their own
   */
  StubStream thought(String field, String text) {
    switch (format) {
      case OPENAI -> delta(field, text);
      case ANTHROPIC -> {
        ObjectNode data = object("{'type':'content_block_delta','index':0}");
        data.putObject("delta").put("type", "thinking_delta").put("thinking", text);
        event("content_block_delta", data.toString());
      }
      case OLLAMA -> message("thinking", text);
    }
    return this;
  }

  /** The provider's own end: whole, or at its bound. */
  StubStream finish(boolean atTheBound, String count) {
    switch (format) {
      case OPENAI -> {
        event(
            null,
            "{'object':'chat.completion.chunk','choices':[{'index':0,'delta':{},'finish_reason':'%s'}]}"
                .formatted(atTheBound ? "length" : "stop"));
        event(
            null,
            "{'object':'chat.completion.chunk','choices':[],'usage':{'prompt_tokens':%s,'completion_tokens':%s,'total_tokens':%s}}"
                .formatted(count, count, count));
        event(null, "[DONE]");
      }
      case ANTHROPIC -> {
        event("content_block_stop", "{'type':'content_block_stop','index':0}");
        event(
            "message_delta",
            "{'type':'message_delta','delta':{'stop_reason':'%s'},'usage':{'output_tokens':%s}}"
                .formatted(atTheBound ? "max_tokens" : "end_turn", count));
        event("message_stop", "{'type':'message_stop'}");
      }
      case OLLAMA ->
          event(
              null,
              "{'model':'stub','created_at':'2026-11-21T08:00:00Z','message':{'role':'assistant','content':''},"
                  + "'done':true,'done_reason':'%s','prompt_eval_count':%s,'eval_count':%s}"
                      .formatted(atTheBound ? "length" : "stop", count, count));
    }
    return this;
  }

  /** The guard's own last event. */
  StubStream kodo(String json) {
    if (format == Format.OLLAMA) {
      event(null, "{'kodo':" + json + "}");
    } else {
      event("kodo", json);
    }
    return this;
  }

  String written() {
    return written.toString();
  }

  private void delta(String field, String text) {
    ObjectNode data = object("{'object':'chat.completion.chunk','model':'stub'}");
    ObjectNode choice = data.putArray("choices").addObject().put("index", 0);
    choice.putNull("finish_reason");
    choice.putObject("delta").put(field, text);
    event(null, data.toString());
  }

  private void message(String field, String text) {
    ObjectNode data = object("{'model':'stub','done':false}");
    data.putObject("message").put("role", "assistant").put("content", "").put(field, text);
    event(null, data.toString());
  }

  private void event(@Nullable String name, String data) {
    String json = data.startsWith("{'") ? data.replace('\'', '"') : data;
    if (format == Format.OLLAMA) {
      written.append(json).append('\n');
      return;
    }
    if (name != null) {
      written.append("event: ").append(name).append('\n');
    }
    written.append("data: ").append(json).append("\n\n");
  }

  private static ObjectNode object(String json) {
    try {
      return (ObjectNode) JSON.readTree(json.replace('\'', '"'));
    } catch (com.fasterxml.jackson.core.JsonProcessingException defect) {
      throw new IllegalArgumentException(defect);
    }
  }
}
