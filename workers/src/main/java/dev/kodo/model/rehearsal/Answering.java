package dev.kodo.model.rehearsal;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A question that a person has drawn: repeats it, quotes from the files, and judges nothing. */
final class Answering {
  private static final int SENTENCES_OF_A_FILE = 3;

  private Answering() {}

  static Rehearsal.Reply question(Material material) {
    Language language = material.language();
    List<String> choices = material.lines("Answers");
    @Nullable String choice = choices.isEmpty() ? null : choices.getLast();
    Sheet sheet =
        new Sheet(language)
            .text("The question was:", "問い:")
            .quote(material.section("Question").strip().replace("\n", "\n> "))
            .heading("What the files say", "ファイルの言葉")
            .items(quotations(material));
    if (choice != null) {
      sheet.text(
          "Nothing was judged here: out of the answers offered, the rehearsal always takes the last, “%s”.",
          "ここでは何も判断されていません。リハーサルは、選択肢の最後にある「%s」を必ず選びます。", choice);
    }
    return new Rehearsal.Reply(
        language.of(
            "The question was put to the rehearsal, which judges nothing.",
            "問いはリハーサルに渡され、何も判断されていない。"),
        sheet.signed(),
        choice);
  }

  private static List<String> quotations(Material material) {
    return material.sectionsOf("File ").stream()
        .flatMap(text -> opening(text).map(line -> material.language().clip(line, 220)))
        .toList();
  }

  private static Stream<String> opening(String text) {
    return new Piece("", text).prose().stream().limit(SENTENCES_OF_A_FILE);
  }
}
