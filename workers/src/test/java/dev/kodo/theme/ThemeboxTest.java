package dev.kodo.theme;

import static dev.kodo.theme.ThemeFixture.BEAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kodo.worker.JobFailure;
import dev.kodo.worker.JobRun;
import dev.kodo.workspace.GitLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThemeboxTest {
  @TempDir Path temp;
  ThemeFixture feature;

  @BeforeEach
  void prepare() {
    feature = new ThemeFixture(temp);
  }

  @Test
  void findsNothingInAnEmptyThemebox() {
    assertThat(feature.pick(BEAT)).isEqualTo(new ThemeWorker.Picked(false, null, null));
  }

  @Test
  void takesTheOldestFileThenTheFirstName() {
    feature.drop("a.md", "a", 30);
    feature.drop("c.md", "c", 90);
    feature.drop("b.md", "b", 90);

    assertThat(feature.pick(BEAT).themeFile()).isEqualTo("themebox/b.md");
  }

  @Test
  void ignoresWhatIsNotMeantAsATheme() throws IOException {
    feature.drop("draft.a.md", "a", 90);
    feature.drop("Draft.b.md", "b", 90);
    feature.drop("processed.c.md", "c", 90);
    feature.drop("rejected.d.md", "d", 90);
    feature.drop(".hidden.md", "e", 90);
    Files.createDirectory(feature.box().resolve("folder"));

    assertThat(feature.pick(BEAT).themeFound()).isFalse();
    assertThat(feature.box().toFile().list()).hasSize(6);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a\nb.md", "🫀.md", "-rf.md", "no extension", "鼓動について.txt", "a'b\"c$(x).md"})
  void takesOddNames(String name) {
    feature.drop(name, "# 主題\n本文", 60);

    assertThat(feature.pick(BEAT).themeFile()).isEqualTo("themebox/" + name);
  }

  @Test
  void rejectsFilesThatCannotBeThemesAndTakesTheNext() throws Exception {
    byte[] binary = {'a', 0, 'b'};
    feature.drop("1 empty.md", "", 99);
    feature.drop("2 blank.md", "\uFEFF \n\t\n", 98);
    feature.drop("3 binary.md", binary, 97);
    feature.drop("4 latin.md", "caf\u00e9".getBytes(StandardCharsets.ISO_8859_1), 96);
    feature.drop("5 large.md", "x".repeat(10_241), 95);
    Files.createSymbolicLink(feature.box().resolve("6 link.md"), Path.of("/etc/passwd"));
    assertThat(
            new ProcessBuilder("mkfifo", feature.box().resolve("7 pipe").toString())
                .start()
                .waitFor())
        .isZero();
    Path good = feature.drop("8 good.md", "good", 0);
    // A link and a pipe bear the machine's time, whatever day that is; the good file comes after
    // them.
    Files.setLastModifiedTime(good, FileTime.from(Instant.now().plusSeconds(60)));
    feature.clock.advance(Duration.ofDays(3000));

    ThemeWorker.Picked picked = feature.pick(BEAT);

    assertThat(picked.themeFile()).isEqualTo("themebox/8 good.md");
    assertThat(Files.readAllBytes(feature.box().resolve("rejected.3 binary.md"))).isEqualTo(binary);
    assertThat(feature.box().resolve("rejected.6 link.md")).isSymbolicLink();
    assertThat(note("1 empty")).contains("It is empty.").contains("What to do: Write the theme");
    assertThat(note("2 blank")).contains("It is empty.");
    assertThat(note("3 binary")).contains("character 1 is a zero byte");
    assertThat(note("4 latin")).contains("byte 3 is not valid UTF-8").contains("encoding UTF-8");
    assertThat(note("5 large"))
        .contains("10241 bytes")
        .contains("10240")
        .contains("theme.max-size");
    assertThat(note("6 link")).contains("symbolic link");
    assertThat(Files.readString(feature.box().resolve("rejected.7 pipe.why.md")))
        .contains("not a file");
    assertThat(feature.themes.rejectedFiles("main")).isEqualTo(7);
    assertThat(new GitLog(feature.workspace).files())
        .contains("themebox/rejected.5 large.md.why.md")
        .doesNotContain("themebox/rejected.5 large.md");
  }

  @Test
  void rejectsWithALongestNameAndNeverReplacesAnEarlierRejection() {
    String longest = "長".repeat(84) + ".md";
    feature.drop(longest, "", 60);
    feature.pick(BEAT);
    feature.drop(longest, "", 60);

    feature.pick("20261121103000");

    assertThat(feature.themes.rejectedFiles("main")).isEqualTo(2);
    assertThat(feature.box().resolve(longest)).doesNotExist();
  }

  @Test
  void aRejectionThatWasKilledAfterItsNoteIsFinishedByARepeat() {
    feature.drop("a.md", "", 60);
    feature.drop("rejected.a.md.why.md", "half a note", 60);

    feature.pick(BEAT);

    assertThat(feature.box().toFile().list())
        .containsExactlyInAnyOrder("rejected.a.md", "rejected.a.md.why.md");
    assertThat(note("a")).contains("It is empty.");
  }

  @Test
  void waitsForAFileThatIsStillBeingWritten() {
    feature.drop("a.md", "half", 1);
    JobRun run = feature.runs.first("theme-pick");

    assertThatThrownBy(() -> feature.pick(BEAT, run))
        .isInstanceOfSatisfying(
            JobFailure.class,
            failure -> {
              assertThat(failure.meaning())
                  .isEqualTo(new JobFailure.Meaning.Postpone(Duration.ofSeconds(3)));
              assertThat(failure.reason()).isEqualTo("themebox/a.md is still being written.");
            });
    feature.clock.advance(Duration.ofSeconds(3));

    assertThat(feature.pick(BEAT, feature.runs.again(run)).themeFile()).isEqualTo("themebox/a.md");
  }

  @Test
  void takesAnotherFileInsteadOfWaiting() {
    feature.drop("writing.md", "half", 1);
    feature.drop("ready.md", "whole", 10);

    assertThat(feature.pick(BEAT).themeFile()).isEqualTo("themebox/ready.md");
  }

  @Test
  void doesNotWaitForEverForAFileThatIsTouchedAgainAndAgain() {
    JobRun run = feature.runs.first("theme-pick");
    int waits = 0;
    ThemeWorker.Picked picked = null;
    while (picked == null && waits < 50) {
      feature.drop("a.md", "text " + waits, 0);
      try {
        picked = feature.pick(BEAT, run);
      } catch (JobFailure postponed) {
        waits++;
        feature.clock.advance(Duration.ofSeconds(3));
        feature.database.jdbc().sql("delete from effect").update();
        run = feature.runs.again(run);
      }
    }

    assertThat(waits).isEqualTo(10);
    assertThat(picked).isEqualTo(new ThemeWorker.Picked(false, null, null));
    assertThat(feature.box().resolve("a.md")).exists();
  }

  @Test
  void takesAFileWithATimeInTheFuture() {
    feature.drop("a.md", "text", -3600);

    assertThat(feature.pick(BEAT).themeFile()).isEqualTo("themebox/a.md");
  }

  private String note(String name) {
    return feature.workspace.read("themebox/rejected." + name + ".md.why.md");
  }
}
