package dev.kodo.model.rehearsal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One theme lived from start to end with the rehearsal, as the diagrams would do it. */
final class ALife {
  static final String TIDES =
      """
      # Life between the tides

      The shore between high and low water belongs to the sea for half a day and to the land for the other half.
      Barnacles, mussels and crabs that live there must bear sun, rain and waves within a few hours.

      Every animal of the shore has a way of keeping water. Mussels close their shells, barnacles shut their plates,
      and crabs hide under wet weed. None of them can leave when the water leaves.

      What can a city learn from the shore? A city also floods and dries, fills with people in the morning and empties
      in the evening. Perhaps a good street is like a good shell: open when the tide is in, closed when it is out.

      Write for readers who have never looked at a barnacle. Show one animal closely, and end with one street.
      """;

  static final String KONBU =
      """
      # 潮だまりの生きもの

      潮が引くと、岩のくぼみに小さな海が残る。そこは潮だまりと呼ばれ、数時間だけ外の海から切り離される。
      水温は日差しで上がり、雨が降れば塩分は薄くなる。それでもフジツボやカニやハゼは、そこで次の満潮を待つ。

      待つことは、何もしないことではない。フジツボは殻を閉じて水を守り、カニは海藻の陰で乾きをしのぐ。
      生きものたちは、環境が変わることを前提に暮らしている。

      人の町にも潮の満ち引きのようなリズムがある。朝には駅に人が満ち、夜には引いていく。
      潮だまりの生きものから、町の暮らしは何を学べるだろうか。一匹の生きものをよく見て、最後に一つの町角を描きたい。
      """;

  /** What one beat left behind. */
  record Lived(String activity, String reason, String title, String text) {}

  private final String theme;
  private final List<String> beats =
      new ArrayList<>(List.of("20261121080000 theme-start closed start"));
  private final List<String> artifacts = new ArrayList<>();
  private final List<Lived> lived = new ArrayList<>();

  private ALife(String theme) {
    this.theme = theme;
  }

  static List<Lived> with(String theme) {
    ALife life = new ALife(theme);
    while (life.lived.size() < 20 && life.beat()) {}
    return life.lived;
  }

  private boolean beat() {
    Rehearsal.Choice choice =
        Rehearsal.choose(
            material(
                "Permitted activities", "think\nobserve\ncreate\nintrospect\nother\ntheme-end"));
    String id = "2026112108%04d".formatted(lived.size() + 1);
    lived.add(live(choice));
    Lived last = lived.getLast();
    artifacts.add(
        "## artifacts/t/%s_%s.md\n---\nheartbeat: %s\n---\n# %s\n\n%s"
            .formatted(id, last.title(), id, last.title(), last.text()));
    beats.add("%s %s closed %s".formatted(id, choice.activity(), last.title()));
    return !choice.activity().equals("theme-end");
  }

  private Lived live(Rehearsal.Choice choice) {
    Material material = material("Evidence", String.join("\n", beats));
    if (choice.activity().equals("introspect")) {
      Rehearsal.Review review = Rehearsal.introspect(material);
      return new Lived(
          choice.activity(),
          choice.reason(),
          "introspection",
          review.summary() + "\n\n" + review.body());
    }
    Rehearsal.Page page =
        switch (choice.activity()) {
          case "think" -> Rehearsal.think(material);
          case "observe" -> Rehearsal.observe(material);
          case "create" -> Rehearsal.create(material);
          default -> Rehearsal.themeSummary(material);
        };
    return new Lived(
        choice.activity(), choice.reason(), page.title(), page.summary() + "\n\n" + page.body());
  }

  private Material material(String name, String text) {
    Map<String, String> sections = new LinkedHashMap<>();
    sections.put("Theme", theme);
    sections.put("Recent beats", String.join("\n", beats));
    sections.put(
        "Recent artifacts",
        String.join(
            "\n\n", artifacts.subList(Math.max(0, artifacts.size() - 4), artifacts.size())));
    sections.put(
        "Artifacts",
        String.join(
            "\n",
            artifacts.stream().map(a -> a.lines().findFirst().orElse("").substring(3)).toList()));
    sections.put(name, text);
    return Material.of(sections);
  }

  /** Prints a life, for a person who wants to read one. */
  public static void main(String[] arguments) {
    for (String theme : List.of(TIDES, KONBU)) {
      for (Lived beat : with(theme)) {
        System.out.printf(
            "===== %s — %s%n# %s%n%s%n", beat.activity(), beat.reason(), beat.title(), beat.text());
      }
    }
  }
}
