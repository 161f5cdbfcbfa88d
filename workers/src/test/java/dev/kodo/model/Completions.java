package dev.kodo.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;

/** Answers of 100 tokens in and 20 out that come all at once. */
final class Completions {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Completions() {}

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

  private static String json(Map<String, Object> answer) {
    return JSON.valueToTree(answer).toString();
  }
}
