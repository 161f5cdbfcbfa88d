package dev.kodo.theme;

import java.lang.Character.UnicodeScript;

/** The language that a text is written in, as far as Kodo writes lines of its own below it. */
public final class ThemeLanguage {
  private ThemeLanguage() {}

  /** A kana or kanji says about as much as two Latin letters. */
  public static boolean isJapanese(String text) {
    long japanese = text.codePoints().filter(ThemeLanguage::isKanaOrKanji).count();
    long latin =
        text.codePoints().filter(point -> UnicodeScript.of(point) == UnicodeScript.LATIN).count();
    return japanese * 2 > latin;
  }

  private static boolean isKanaOrKanji(int point) {
    return switch (UnicodeScript.of(point)) {
      case HAN, HIRAGANA, KATAKANA -> true;
      default -> false;
    };
  }
}
