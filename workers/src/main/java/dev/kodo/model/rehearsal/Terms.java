package dev.kodo.model.rehearsal;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Words that carry a text, and how much two sentences have in common. */
final class Terms {
  private static final Pattern WORD = Pattern.compile("\\p{IsLatin}[\\p{IsLatin}'’-]{3,}");

  /**
   * Runs of kanji that are not the stem of an inflected word, of katakana, and of Latin letters.
   */
  private static final Pattern COMPOUND =
      Pattern.compile(
          "[\\p{IsHan}々]{2,8}(?=[をはがにでとのもへやなだ]|[^\\p{IsHan}々\\p{IsHiragana}]|$)"
              + "|[\\p{IsKatakana}ー]{3,}|[A-Za-z][A-Za-z0-9]{2,}");

  /** A kanji word with kana behind it, which counts as a word when it comes again. */
  private static final Pattern MIXED =
      Pattern.compile("(?<!\\p{IsHan})(?=(\\p{IsHan}{1,3}\\p{IsHiragana}{2,4}))");

  private static final Pattern NOUN_ENDING = Pattern.compile(".*(?:もの|[りちみけぎびめき])");
  private static final Set<String> COMMON =
      Set.of(
          ("about above after again against almost also although always among another anything around away because"
                  + " become been before being below best better between both cannot come could does doing done down"
                  + " during each either else enough even ever every everything find first from gets give given goes"
                  + " going good have having half here however into itself just keep kept know last least less like little"
                  + " long look made make makes many might more most much must need needs never next nothing often once"
                  + " only other others ought ours over part perhaps please quite rather really said same says seem"
                  + " seems several shall should show since small some something soon still such take takes than that"
                  + " their them then there these they thing things this those though three through together under"
                  + " until upon used uses using very want wants well were what when where whether which while whose"
                  + " will with within without would year years your yours write theme text people person way ways"
                  + " different important example agent today whole kind kinds mean means think work works able")
              .split(" "));
  private static final Set<String> COMMON_JAPANESE =
      Set.of(
          "場合", "必要", "自分", "以上", "以下", "今回", "可能", "存在", "一つ", "二つ", "三つ", "人間", "時間", "方法", "問題",
          "テーマ", "内容", "部分", "全体", "結果", "理由", "意味", "関係", "以外", "程度", "様々", "多様", "大切", "重要", "対象",
          "一方", "同時", "最初", "最後", "非常", "特定", "何度", "今日", "現在", "本当", "十分", "毎日");

  private Terms() {}

  /** The most frequent first; among equals the one that is named first. Never more than ten. */
  static List<String> of(String text, Language language) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    all(text, language).forEach(term -> counts.merge(term, 1, Integer::sum));
    if (language == Language.JAPANESE) {
      counts.putAll(mixed(text));
    }
    return counts.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .map(Map.Entry::getKey)
        .limit(10)
        .toList();
  }

  static int count(String text, String term) {
    String in = text.toLowerCase(Locale.ROOT);
    String what = term.toLowerCase(Locale.ROOT);
    int count = 0;
    for (int at = in.indexOf(what); at >= 0; at = in.indexOf(what, at + what.length())) {
      count++;
    }
    return count;
  }

  /** Between 0 (nothing in common) and 1 (the same words or character pairs). */
  static double overlap(String one, String other, Language language) {
    Set<String> left = units(one, language);
    Set<String> right = units(other, language);
    if (left.isEmpty() || right.isEmpty()) {
      return 0;
    }
    long shared = left.stream().filter(right::contains).count();
    return shared / Math.sqrt((double) left.size() * right.size());
  }

  private static List<String> all(String text, Language language) {
    Pattern pattern = language == Language.JAPANESE ? COMPOUND : WORD;
    return pattern
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .map(term -> language == Language.JAPANESE ? term : term.toLowerCase(Locale.ROOT))
        .filter(term -> !COMMON.contains(term) && !COMMON_JAPANESE.contains(term))
        .toList();
  }

  /** Words such as 潮だまり or 生きもの: seen at least twice, the longest form that is as frequent. */
  private static Map<String, Integer> mixed(String text) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    MIXED
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .flatMap(
            run -> IntStream.rangeClosed(3, run.length()).mapToObj(end -> run.substring(0, end)))
        .filter(word -> NOUN_ENDING.matcher(word).matches())
        .distinct()
        .forEach(word -> counts.put(word, count(text, word)));
    counts.entrySet().removeIf(word -> word.getValue() < 2);
    Set<String> words = Set.copyOf(counts.keySet());
    counts
        .keySet()
        .removeIf(
            word ->
                words.stream()
                    .anyMatch(
                        longer ->
                            !longer.equals(word)
                                && longer.startsWith(word)
                                && count(text, longer) == count(text, word)));
    return counts;
  }

  private static Set<String> units(String sentence, Language language) {
    return language == Language.JAPANESE
        ? pairs(sentence)
        : new LinkedHashSet<>(
            all(sentence, language).stream().map(word -> word.replaceFirst("s$", "")).toList());
  }

  private static Set<String> pairs(String sentence) {
    String letters =
        sentence.replaceAll("[^\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}A-Za-z0-9ー]", "");
    Set<String> pairs = new LinkedHashSet<>();
    for (int i = 0; i + 2 <= letters.length(); i++) {
      pairs.add(letters.substring(i, i + 2));
    }
    return pairs;
  }
}
