package dev.kodo.model.rehearsal;

import java.lang.Character.UnicodeScript;

/** The two languages that the rehearsal has words for. */
enum Language {
  ENGLISH,
  JAPANESE;

  /** A kana or kanji says about as much as two Latin letters. */
  static Language of(String text) {
    long japanese = text.codePoints().filter(Language::isJapanese).count();
    long latin = text.codePoints().filter(Language::isLatin).count();
    return japanese * 2 > latin ? JAPANESE : ENGLISH;
  }

  String of(String english, String japanese) {
    return this == JAPANESE ? japanese : english;
  }

  /** {@code 1 beat}, {@code 2 beats}; only the number in Japanese, where the counter follows. */
  String count(long number, String noun) {
    return of(number == 1 ? "1 " + noun : number + " " + noun + "s", String.valueOf(number));
  }

  /** At most a line or two, cut at a word. */
  String clip(String sentence, int latinLength) {
    int longest = this == JAPANESE ? latinLength / 2 : latinLength;
    if (sentence.length() <= longest) {
      return sentence;
    }
    int space = this == JAPANESE ? -1 : sentence.lastIndexOf(' ', longest);
    int end = space > longest / 2 ? space : longest;
    return sentence.substring(
            0, Character.isHighSurrogate(sentence.charAt(end - 1)) ? end - 1 : end)
        + "…";
  }

  static boolean isJapanese(int point) {
    UnicodeScript script = UnicodeScript.of(point);
    return script == UnicodeScript.HAN
        || script == UnicodeScript.HIRAGANA
        || script == UnicodeScript.KATAKANA;
  }

  private static boolean isLatin(int point) {
    return UnicodeScript.of(point) == UnicodeScript.LATIN;
  }
}
