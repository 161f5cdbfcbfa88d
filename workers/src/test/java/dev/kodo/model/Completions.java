package dev.kodo.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.util.List;
import java.util.Map;

/** Answers of 100 tokens in and 20 out, in the three wire formats. */
final class Completions {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Completions() {}

  /** In the format that belongs to the path of the request. */
  static String saying(HttpExchange exchange, String text, boolean cutOff) {
    String path = exchange.getRequestURI().getPath();
    if (path.endsWith("/v1/messages")) {
      return anthropic(text, cutOff ? "max_tokens" : "end_turn");
    }
    return path.endsWith("/api/chat")
        ? ollama(text, cutOff ? "length" : "stop")
        : openAi(text, cutOff ? "length" : "stop");
  }

  static String openAi(String text, String finishReason) {
    return json(
        Map.of(
            "id",
            "chatcmpl-1",
            "object",
            "chat.completion",
            "model",
            "stub",
            "choices",
            List.of(
                Map.of(
                    "index",
                    0,
                    "finish_reason",
                    finishReason,
                    "message",
                    Map.of("role", "assistant", "content", text))),
            "usage",
            Map.of("prompt_tokens", 100, "completion_tokens", 20, "total_tokens", 120)));
  }

  private static String anthropic(String text, String stopReason) {
    return json(
        Map.of(
            "id",
            "msg_1",
            "type",
            "message",
            "role",
            "assistant",
            "model",
            "stub",
            "stop_reason",
            stopReason,
            "content",
            List.of(Map.of("type", "text", "text", text)),
            "usage",
            Map.of("input_tokens", 100, "output_tokens", 20)));
  }

  private static String ollama(String text, String doneReason) {
    return json(
        Map.of(
            "model",
            "stub",
            "created_at",
            "2026-11-21T08:00:00Z",
            "done",
            true,
            "done_reason",
            doneReason,
            "message",
            Map.of("role", "assistant", "content", text),
            "prompt_eval_count",
            100,
            "eval_count",
            20));
  }

  private static String json(Map<String, Object> answer) {
    return JSON.valueToTree(answer).toString();
  }
}
