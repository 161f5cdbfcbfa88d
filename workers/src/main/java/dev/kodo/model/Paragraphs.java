package dev.kodo.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A body that came as a list.
 *
 * @param text its paragraphs, with a blank line between them
 * @param repeat whether it ends before a paragraph that came again, so that a sentence is whole
 *     where it ends
 */
record Paragraphs(String text, boolean repeat) {
  static Paragraphs of(ArrayNode list) {
    List<String> kept = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (JsonNode item : list) {
      String text = item.asText().strip();
      if (!text.isEmpty() && !seen.add(Sentence.plainWords(text))) {
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
