package dev.kodo.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kodo.model.Cut;
import dev.kodo.model.Scripted;
import dev.kodo.theme.Theme;
import dev.kodo.theme.ThemeLives;
import dev.kodo.workspace.FrontMatter;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkingTest {
  private static final String BODY =
      "The limpet comes home before the water leaves. It has worn a place into the rock that fits its shell. So no water is lost.";

  @TempDir Path folder;
  private final Scripted model = new Scripted();
  private HeartbeatFixture life;
  private String id;

  @BeforeEach
  void openABeatOnATheme() {
    life = new HeartbeatFixture(folder);
    life.agents.ensure("main");
    ThemeLives.start(
        life.themes,
        new Theme(
            "main",
            "20260131000000",
            "pools",
            "Tidal pools",
            "artifacts/20260131000000_pools",
            "# Tidal pools",
            Theme.Source.THEMEBOX,
            life.clock.instant()));
    id = String.valueOf(life.open().heartbeatId());
  }

  @Test
  void marksAPieceThatWasCutInItsFileAndInTheLog() {
    model
        .answers(new ActivityWork("What the limpet knows", "It was thought.", BODY))
        .cuts(Cut.TIME);

    String path = String.valueOf(work().artifactPath());

    FrontMatter.Document piece = FrontMatter.read(life.workspace().read(path));
    assertThat(piece.head().get("cut")).contains("time");
    assertThat(piece.body())
        .isEqualTo(
            "# What the limpet knows\n\n" + BODY + "\n\n*[Cut here: the call ran out of time.]*\n");
    Beat beat = life.beats.get("main", id);
    assertThat(beat.marks().cut()).isEqualTo("time");
    assertThat(beat.summary())
        .isEqualTo("It was thought. The text was cut, since the call ran out of time.");
  }

  @Test
  void saysInJapaneseWhereAJapanesePieceWasCut() {
    model.answers(new ActivityWork("カサガイ", "考えた。", "水が引く前に家へ帰る。")).cuts(Cut.BOUND);

    assertThat(life.workspace().read(String.valueOf(work().artifactPath())))
        .endsWith("水が引く前に家へ帰る。\n\n*[返答がトークンの上限に達したため、ここまで]*\n");
  }

  @Test
  void marksNothingOnAWholePiece() {
    model.answers(new ActivityWork("What the limpet knows", "It was thought.", BODY));

    String path = String.valueOf(work().artifactPath());

    assertThat(life.workspace().read(path)).doesNotContain("cut").endsWith("no water is lost.\n");
    assertThat(life.beats.get("main", id).marks().cut()).isNull();
    assertThat(life.beats.get("main", id).marks().nothingKept()).isFalse();
  }

  @Test
  void countsThatNothingWasWorthKeepingAndWritesNoFile() {
    model.answers(new ActivityWork("", "Nothing new came of it.", ""));

    assertThat(work().artifactPath()).isNull();

    assertThat(life.beats.get("main", id).marks().nothingKept()).isTrue();
    assertThat(life.beats.get("main", id).summary()).isEqualTo("Nothing new came of it.");
    assertThat(model.doubt(new ActivityWork("", "Nothing.", ""))).isEmpty();
  }

  @Test
  void wouldRatherHaveAnotherAnswerThanAPieceOfFewWords() {
    model.answers(new ActivityWork("Pools", "S.", BODY));
    work();

    assertThat(model.doubt(new ActivityWork("Pools", "S.", "The Ocean's Lair")).orElseThrow())
        .isEqualTo(
            "has a 'body' of 16 characters only; write at least five whole sentences in 'body'");
    assertThat(model.doubt(new ActivityWork("Pools", "S.", BODY))).isEmpty();
    assertThat(model.doubt(new ActivityWork("潮だまり", "S.", "海".repeat(60)))).isEmpty();
    assertThat(model.doubt(new ActivityWork("潮だまり", "S.", "海".repeat(59)))).isPresent();
  }

  private Working.Worked work() {
    return new Working(
            model,
            new BeatMaterial(life.beats, life.themes, life.workspaces),
            life.beats,
            life.record,
            life.themes,
            life.workspaces)
        .work(Activity.THINK, new Working.Work("main", id), life.runs.first("activity-think"));
  }
}
