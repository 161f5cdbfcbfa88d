package dev.kodo.model.rehearsal;

import java.util.ArrayList;
import java.util.List;

/** A Markdown text in the making. */
final class Sheet {
  private final Language language;
  private final List<String> blocks = new ArrayList<>();

  Sheet(Language language) {
    this.language = language;
  }

  Sheet text(String english, String japanese, Object... values) {
    blocks.add(language.of(english, japanese).formatted(values));
    return this;
  }

  Sheet heading(String english, String japanese) {
    blocks.add("## " + language.of(english, japanese));
    return this;
  }

  Sheet quote(String statement) {
    blocks.add("> " + statement);
    return this;
  }

  Sheet items(List<String> items) {
    if (!items.isEmpty()) {
      blocks.add("- " + String.join("\n- ", items));
    }
    return this;
  }

  Sheet numbered(List<String> items) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      lines.add((i + 1) + ". " + items.get(i));
    }
    if (!lines.isEmpty()) {
      blocks.add(String.join("\n", lines));
    }
    return this;
  }

  /** The whole text; its last line says who wrote it. */
  String signed() {
    return String.join("\n\n", blocks) + "\n\n*" + signature(language) + "*\n";
  }

  static String signature(Language language) {
    return language.of(
        "Written by Kodo's rehearsal model, a rule-based stand-in that picks and arranges sentences; no language model"
            + " took part.",
        "この文章は、文を選んで並べるだけの規則で動く代役「リハーサルモデル」が書いたものであり、言語モデルは使われていません。");
  }
}
