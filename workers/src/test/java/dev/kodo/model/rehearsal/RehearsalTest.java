package dev.kodo.model.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kodo.model.rehearsal.ALife.Lived;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RehearsalTest {
  static List<String> themes() {
    return List.of(
        ALife.TIDES,
        ALife.KONBU,
        ALife.TIDES + ALife.TIDES.repeat(5),
        "海",
        "Bees.",
        "100% %s %d $1 \\E");
  }

  @ParameterizedTest
  @MethodSource("themes")
  void livesAThemeInBalanceUntilItsEnd(String theme) {
    List<String> activities = ALife.with(theme).stream().map(Lived::activity).toList();

    assertThat(activities).startsWith("think", "observe", "create", "introspect");
    assertThat(activities.getLast()).isEqualTo("theme-end");
    assertThat(activities.size() - 1).isBetween(4, 8);
  }

  @Test
  void givesALongerBriefMoreBeats() {
    assertThat(ALife.with(ALife.TIDES.repeat(6)).size()).isGreaterThan(ALife.with("Bees.").size());
  }

  @ParameterizedTest
  @MethodSource("themes")
  void givesADifferentArtifactInEveryBeatAndSaysWhoWroteIt(String theme) {
    List<Lived> lived = ALife.with(theme);

    assertThat(lived).extracting(Lived::text).doesNotHaveDuplicates();
    assertThat(lived)
        .filteredOn(beat -> !beat.activity().equals("introspect"))
        .extracting(Lived::title)
        .doesNotHaveDuplicates()
        .allSatisfy(title -> assertThat(title).isNotBlank().hasSizeLessThan(100));
    assertThat(lived)
        .allSatisfy(
            beat -> assertThat(beat.text()).containsAnyOf("rule-based stand-in", "規則で動く代役"));
  }

  @ParameterizedTest
  @MethodSource("themes")
  void isDeterministic(String theme) {
    assertThat(ALife.with(theme)).isEqualTo(ALife.with(theme));
  }

  @Test
  void writesInTheLanguageOfTheTheme() {
    assertThat(ALife.with(ALife.KONBU))
        .allSatisfy(
            beat -> {
              assertThat(Language.of(beat.reason())).isEqualTo(Language.JAPANESE);
              assertThat(Language.of(beat.text())).isEqualTo(Language.JAPANESE);
            });
    assertThat(ALife.with(ALife.TIDES))
        .allSatisfy(beat -> assertThat(beat.text()).matches("(?s)[^\\p{IsHan}\\p{IsHiragana}]*"));
  }

  @ParameterizedTest
  @MethodSource("themes")
  void justifiesEachChoiceInOneSentence(String theme) {
    assertThat(ALife.with(theme))
        .allSatisfy(
            beat ->
                assertThat(beat.reason())
                    .matches("[^.。!?！？\\n]+[.。]")
                    .hasSizeLessThanOrEqualTo(300));
  }

  @Test
  void quotesTheThemeWithoutChangingIt() {
    Stream<String> quotes =
        ALife.with(ALife.KONBU).stream()
            .flatMap(beat -> beat.text().lines())
            .filter(line -> line.startsWith("> "));

    assertThat(quotes)
        .isNotEmpty()
        .allSatisfy(q -> assertThat(ALife.KONBU).contains(q.substring(2)));
  }

  @Test
  void takesAPermittedActivityOnly() {
    for (String only : List.of("theme-start", "introspect", "other", "theme-end")) {
      Material material = Material.of(Map.of("Permitted activities", only, "Theme", ALife.TIDES));
      assertThat(Rehearsal.choose(material).activity()).isEqualTo(only);
    }
  }

  @Test
  void doesNotEndAThemeBeforeEachActivityHasClosed() {
    String beats = "1 think closed a\n2 observe failed b\n3 create closed c\n4 introspect closed d";
    Material material =
        Material.of(
            Map.of(
                "Theme",
                "Bees.",
                "Recent beats",
                beats,
                "Permitted activities",
                "think\ntheme-end"));

    assertThat(Rehearsal.choose(material).activity()).isEqualTo("think");
  }

  @Test
  void countsOnlyTheBeatsOfTheRunningTheme() {
    String beats =
        "1 think closed a\n2 theme-end closed b\n3 theme-start closed c\n4 think closed d";
    Material material = Material.of(Map.of("Theme", "Bees.", "Recent beats", beats));

    assertThat(Rehearsal.choose(material).activity()).isEqualTo("observe");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "時を刻むもの\n小さな修理"})
  void neverRepeatsAThemeOfItsOwn(String past) {
    List<String> titles = new ArrayList<>(past.lines().toList());
    Set<String> seen = new HashSet<>(titles);
    for (int i = 0; i < 120; i++) {
      Rehearsal.ThemeIdea idea =
          Rehearsal.ownTheme(Material.of(Map.of("Past themes", String.join("\n", titles))));
      assertThat(seen.add(idea.title())).as("new title: %s", idea.title()).isTrue();
      assertThat(Sentences.of(idea.text())).hasSizeGreaterThan(2);
      titles.add(idea.title());
    }
  }

  @Test
  void describesAnExpertWithViewpointApproachAndLimits() {
    Rehearsal.Expertise short_ =
        Rehearsal.expertContext(Material.of(Map.of("Theme", "古代の都市と歴史について。")));
    Rehearsal.Expertise long_ = Rehearsal.expertContext(Material.of(Map.of("Theme", varied(30))));

    assertThat(short_.arrangement()).isEqualTo("one-expert");
    assertThat(short_.expert()).contains("歴史家");
    assertThat(short_.body()).contains("視点", "進め方", "限界");
    assertThat(long_.arrangement()).isEqualTo("several-experts");
  }

  @Test
  void seesNoTroubleInAFlawlessHistory() {
    Rehearsal.Review review =
        Rehearsal.introspect(
            Material.of(
                Map.of(
                    "Evidence",
                    "Ended closed: 10\nRejected theme files: 0",
                    "Recent logs",
                    "outcome: done\nartifact: \"artifacts/a.md\"\nerror: null")));

    assertThat(review.score()).isGreaterThanOrEqualTo(6);
    assertThat(review.body()).contains("The evidence shows no trouble.").doesNotContain("null");
  }

  @Test
  void lowersTheScoreForTrouble() {
    Rehearsal.Review good =
        Rehearsal.introspect(
            Material.of(Map.of("Evidence", "1 think closed a\n2 create closed b")));
    Rehearsal.Review bad =
        Rehearsal.introspect(
            Material.of(Map.of("Evidence", "1 think failed a\n2 create crashed b")));

    assertThat(bad.score()).isLessThan(good.score()).isBetween(1, 10);
    assertThat(bad.proposal()).isNotEqualTo(good.proposal());
  }

  @Test
  void answersEveryPurposeWithoutAnyMaterial() {
    Material nothing = Material.of(Map.of());

    assertThat(Rehearsal.choose(nothing).activity()).isEqualTo("think");
    assertThat(
            Stream.of(
                Rehearsal.think(nothing),
                Rehearsal.observe(nothing),
                Rehearsal.create(nothing),
                Rehearsal.other(nothing),
                Rehearsal.themeSummary(nothing)))
        .allSatisfy(
            page -> {
              assertThat(page.title()).isNotBlank();
              assertThat(page.summary()).isNotBlank();
              assertThat(page.body()).isNotBlank();
            });
    assertThat(Rehearsal.ownTheme(nothing).title()).isNotBlank();
    assertThat(Rehearsal.expertContext(nothing).expert()).isNotBlank();
    assertThat(Rehearsal.introspect(nothing).score()).isBetween(1, 10);
  }

  @Test
  void readsAWrappedSentenceAsOne() {
    assertThat(Sentences.of(ALife.TIDES))
        .contains(
            "Barnacles, mussels and crabs that live there must bear sun, rain and waves within a few hours.");
  }

  @Test
  @Timeout(10)
  void staysQuickWithAMegabyteOfTheme() {
    String huge = varied(20_000);
    Material material = Material.of(Map.of("Theme", huge));

    assertThat(Rehearsal.create(material).body()).hasSizeLessThan(20_000);
  }

  private static String varied(int sentences) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < sentences; i++) {
      text.append("Sentence number ")
          .append(i)
          .append(" speaks about subject ")
          .append(i % 37)
          .append(".\n");
    }
    return text.toString();
  }
}
