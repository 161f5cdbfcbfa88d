package dev.kodo.theme;

import static dev.kodo.theme.ThemeFixture.BEAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kodo.model.Purpose;
import dev.kodo.worker.JobRun;
import dev.kodo.worker.Nothing;
import dev.kodo.workspace.FrontMatter;
import dev.kodo.workspace.GitLog;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class ThemeLifeTest {
  static final String LATER = "20261121113000";

  @TempDir Path temp;
  ThemeFixture feature;

  @BeforeEach
  void prepare() {
    feature = new ThemeFixture(temp);
  }

  @Test
  void choosesAnOwnThemeThatThenStartsLikeAnyOther() {
    feature.model.answers(new OwnThemeAnswer("Why rivers\nmeander", "Because ---\nof water."));
    JobRun run = feature.runs.first("theme-choose-own");

    String file = feature.chooseOwn(BEAT, run).themeFile();
    feature.start(BEAT, file, feature.runs.first("theme-record-start"));

    assertThat(file).isEqualTo("themebox/own.20261121100000_why-rivers-meander.md");
    Theme theme = feature.themes.current("main").orElseThrow();
    assertThat(theme.source()).isEqualTo(Theme.Source.OWN);
    assertThat(theme.title()).isEqualTo("Why rivers meander");
    assertThat(theme.brief()).isEqualTo("Because ---\nof water.");
    assertThat(theme.folder()).isEqualTo("artifacts/20261121100000_why-rivers-meander");
    assertThat(new GitLog(feature.workspace).status()).isEmpty();
  }

  @Test
  void tellsTheModelPastThemesAndWhoTheAgentIs() {
    endedTheme();
    feature.model.answers(new OwnThemeAnswer("New", "Text"));

    feature.chooseOwn("20261122100000", feature.runs.first("theme-choose-own"));

    assertThat(feature.model.questions.getLast().purpose()).isEqualTo(Purpose.OWN_THEME);
    assertThat(feature.model.section("Past themes")).isEqualTo("Rivers");
    assertThat(feature.model.section("Who you are")).contains("# Who I am");
  }

  @Test
  void asksAnewForAPastThemeAndElseGoesOnFromItWithItsSummary() {
    Theme first = feature.started(BEAT, "a.md", "# Tidal pools");
    feature.workspace.write(
        first.folder() + "/20261121113000_what-pools-do.md",
        "---\nactivity: theme-end\n---\n\n# What pools do\n\nThey stay ready.");
    feature.onTheme(
        "theme-record-end", LATER, BEAT, Nothing.class, feature.runs.first("theme-record-end"));
    OwnThemeAnswer again = new OwnThemeAnswer("TIDAL  pools!", "What else do they do?");
    feature.model.answers(again);

    String file =
        feature.chooseOwn("20261122100000", feature.runs.first("theme-choose-own")).themeFile();

    assertThat(feature.model.doubt(again))
        .contains("names one of the past themes again; choose another one");
    assertThat(feature.model.doubt(new OwnThemeAnswer("Rivers", "Why do they bend?"))).isEmpty();
    FrontMatter.Document theme = FrontMatter.read(feature.workspace.read(file));
    assertThat(theme.head().get("title")).contains("TIDAL pools! (2)");
    assertThat(theme.body())
        .isEqualTo(
            "What else do they do?\n\n## What came of it before: Tidal pools\n\n# What pools do\n\nThey stay ready.\n");
    assertThat(started("20261122100000", file).source()).isEqualTo(Theme.Source.OWN);
  }

  private Theme started(String beat, String file) {
    feature.start(beat, file, feature.runs.first("theme-record-start"));
    return feature.themes.current("main").orElseThrow();
  }

  @Test
  void aPersonsFileWithTheNameOfAnOwnThemeIsAPersonsTheme() {
    Theme theme = feature.started(BEAT, "own.20261121100000_x.md", "# Mine\ntext");

    assertThat(theme.source()).isEqualTo(Theme.Source.THEMEBOX);
  }

  @Test
  void writesTheExpertContextOnceHoweverOftenItIsDelivered() {
    Theme theme = feature.started(BEAT, "a.md", "# Rivers\n\ntext");
    feature.model.answers(
        new ExpertContextAnswer("Five points.", "several-experts", "Lead: a hydrologist", "Look."));
    JobRun run = feature.runs.first("theme-expert-context");

    var first = feature.onTheme("theme-expert-context", BEAT, BEAT, ThemeWorker.Written.class, run);
    feature.database.jdbc().sql("delete from effect").update();
    var second =
        feature.onTheme(
            "theme-expert-context", BEAT, BEAT, ThemeWorker.Written.class, feature.runs.again(run));

    String path = theme.folder() + "/contexts/" + BEAT + ".md";
    assertThat(first).isEqualTo(second).isEqualTo(new ThemeWorker.Written(path));
    assertThat(feature.workspace.read(path))
        .isEqualTo(
            """
            ---
            heartbeat: "20261121100000"
            activity: theme-start
            theme: "20261121100000"
            model: rehearsal-1
            rehearsal: true
            cost: null
            duration_ms: 7
            process_instance: 2
            arrangement: several-experts
            expert: "Lead: a hydrologist"
            ---

            # Lead: a hydrologist

            Look.

            ## One expert or several

            Five points.
            """);
    assertThat(feature.model.section("Theme")).startsWith("# Rivers\n\n").contains("text");
    assertThat(new GitLog(feature.workspace).subjects())
        .filteredOn(subject -> subject.contains("expert context"))
        .hasSize(1);
  }

  @Test
  void writesAPlainContextInTheThemesLanguageWithoutAskingTheModel() {
    Theme english = feature.started(BEAT, "a.md", "# Rivers\n\nWhy do rivers (川) bend?");

    var written =
        feature.withoutContext(
            BEAT, BEAT, "MODEL_ANSWER_INVALID", "The answer of m-1 lacks\n'expert'.");

    assertThat(written.artifactPath()).isEqualTo(english.folder() + "/contexts/" + BEAT + ".md");
    assertThat(feature.workspace.read(written.artifactPath()))
        .startsWith(
            """
            ---
            heartbeat: "20261121100000"
            activity: theme-start
            theme: "20261121100000"
            model: null
            process_instance: 2
            arrangement: one-expert
            expert: Generalist
            note: "This context is a general one. The answer of m-1 lacks 'expert'. (MODEL_ANSWER_INVALID)"
            ---

            # Generalist
            """)
        .contains("What happened: The answer of m-1 lacks 'expert'. (MODEL_ANSWER_INVALID)")
        .doesNotContain("could not be asked")
        .contains("Look first");
    assertThat(feature.model.questions).isEmpty();
    assertThat(feature.themes.latestExpertContext(english))
        .hasValueSatisfying(context -> assertThat(context).contains("# Generalist"));
    assertThat(new GitLog(feature.workspace).subjects())
        .first()
        .isEqualTo(BEAT + " Set a plain expert context");
    assertThat(PlainContext.of("川はなぜ曲がるのか (meander)", "Why.")).contains("まず見るもの", "理由: Why.");
  }

  @Test
  void appliesTheNewestExpertContext() {
    Theme theme = feature.started(BEAT, "a.md", "# Rivers");
    assertThat(feature.themes.latestExpertContext(theme)).isEmpty();
    feature.workspace.write(
        theme.folder() + "/contexts/20261121110000.md", "---\na: b\n---\n\nnew");
    feature.workspace.write(theme.folder() + "/contexts/" + BEAT + ".md", "old");

    assertThat(feature.themes.latestExpertContext(theme)).contains("new");
  }

  @Test
  void listsArtifactsOldestFirstWithoutContextsLogsAndOtherFiles() {
    Theme theme = feature.started(BEAT, "a.md", "# Rivers");
    for (String file :
        new String[] {
          "20261121103000_b.md", "20261121100000_a.md", "notes.md", "histories/20261121100000.md"
        }) {
      feature.workspace.write(theme.folder() + "/" + file, "x");
    }

    assertThat(feature.themes.artifacts(theme))
        .containsExactly(
            theme.folder() + "/20261121100000_a.md", theme.folder() + "/20261121103000_b.md");
  }

  @Test
  void sumsUpAndEndsTheTheme() {
    Theme theme = feature.started(BEAT, "a.md", "# Rivers");
    feature.workspace.write(
        theme.folder() + "/20261121103000_b.md", "---\nactivity: think\n---\n\nBody of b");
    feature.workspace.write(
        theme.folder() + "/histories/20261121103000.md",
        "---\nactivity: think\noutcome: closed\n---\n\n# Log\n\nThought about b.\n");
    feature.model.answers(new ThemeSummaryAnswer("What rivers do", "They bend.", "Much."));
    feature.clock.advance(java.time.Duration.ofMinutes(90));

    var written =
        feature.onTheme(
            "theme-summarize",
            LATER,
            BEAT,
            ThemeWorker.Written.class,
            feature.runs.first("theme-summarize"));
    JobRun run = feature.runs.first("theme-record-end");
    feature.onTheme("theme-record-end", LATER, BEAT, Nothing.class, run);
    feature.database.jdbc().sql("delete from effect").update();
    feature.onTheme("theme-record-end", LATER, BEAT, Nothing.class, feature.runs.again(run));

    assertThat(written.artifactPath())
        .isEqualTo(theme.folder() + "/20261121113000_what-rivers-do.md");
    assertThat(feature.workspace.read(written.artifactPath()))
        .contains("activity: theme-end", "# What rivers do\n\nThey bend.\n\nMuch.");
    assertThat(feature.model.section("Artifacts"))
        .isEqualTo("## " + theme.folder() + "/20261121103000_b.md\nBody of b");
    assertThat(feature.model.section("Recent beats"))
        .isEqualTo("20261121103000 think closed Thought about b.");
    assertThat(feature.themes.current("main")).isEmpty();
    assertThat(feature.themes.find("main", BEAT)).contains(theme);
    assertThat(
            feature
                .database
                .jdbc()
                .sql("select theme_end_id from theme")
                .query(String.class)
                .list())
        .containsExactly(LATER);
    FrontMatter.Document history =
        FrontMatter.read(feature.workspace.read(theme.folder() + "/theme.md"));
    assertThat(history.head().get("theme_end_id")).contains(LATER);
    assertThat(history.head().get("started_at")).contains("2026-11-21T10:00:00Z");
    assertThat(new GitLog(feature.workspace).subjects())
        .containsSubsequence(
            LATER + " End the theme Rivers",
            LATER + " Sum up the theme Rivers",
            BEAT + " Start the theme Rivers")
        .hasSize(4);
  }

  @Test
  void refusesIdsThatAreNoHeartbeatIds() {
    assertThatThrownBy(() -> new ThemeWorker.Beat("main", "../x"))
        .hasMessageContaining("Expected 14 digits");
  }

  private void endedTheme() {
    feature.started(BEAT, "a.md", "# Rivers");
    feature.onTheme(
        "theme-record-end", LATER, BEAT, Nothing.class, feature.runs.first("theme-record-end"));
  }
}
