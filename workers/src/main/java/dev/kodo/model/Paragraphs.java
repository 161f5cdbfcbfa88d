package dev.kodo.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A body that came as a list.
 *
 * @param text its paragraphs, with a blank line between them
 * @param repeat whether it ends before a paragraph that came a third time, so that a sentence is
 *     whole where it ends
 */
record Paragraphs(String text, boolean repeat) {
  static Paragraphs of(ArrayNode list) {
    List<String> kept = new ArrayList<>();
    Map<String, Integer> times = new HashMap<>();
    for (JsonNode item : list) {
      String text = item.asText().strip();
      if (!text.isEmpty() && times.merge(Sentence.plainWords(text), 1, Integer::sum) > 2) {
        String joined = String.join("\n\n", kept);
        return new Paragraphs(joined, WholeSentences.of(joined).isPresent());
      }
      if (!text.isEmpty()) {
        kept.add(text);
      }
    }
    return new Paragraphs(String.join("\n\n", kept), false);
  }
}
