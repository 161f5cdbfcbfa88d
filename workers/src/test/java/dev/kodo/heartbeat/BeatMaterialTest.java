package dev.kodo.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kodo.model.Answer;
import dev.kodo.model.ModelPort;
import dev.kodo.model.PromptText;
import dev.kodo.model.Question;
import dev.kodo.model.Scripted;
import dev.kodo.testing.TestProperties;
import dev.kodo.worker.JobRun;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the model is shown over the beats of one theme, and how much of it is new each time. */
class BeatMaterialTest {
  private static final String FOLDER = "artifacts/20260131090000_tides";
  private static final List<String> PERMITTED =
      List.of("think", "observe", "create", "introspect", "other", "theme-end");
  private static final List<Activity> TURNS =
      List.of(Activity.THINK, Activity.OBSERVE, Activity.CREATE, Activity.OTHER);

  @TempDir Path folder;
  private HeartbeatFixture life;
  private Choosing choosing;
  private Working working;
  private final List<Question<?>> asked = new ArrayList<>();
  private int pieces;

  /** Answers with the next activity in turn, and with a piece of 350 words. */
  private final ModelPort model =
      new ModelPort() {
        @Override
        public <A extends Record> Answer<A> ask(JobRun run, Question<A> question) {
          asked.add(question);
          Record answer =
              question.answerType().equals(ActivityChoice.class)
                  ? new ActivityChoice("It is overdue.", next().id(), 0)
                  : new ActivityWork("What the shore teaches, part " + ++pieces, "Done.", prose());
          return new Answer<>(question.answerType().cast(answer), Scripted.USE, null);
        }
      };

  @BeforeEach
  void startATheme() {
    life = new HeartbeatFixture(folder);
    life.database
        .jdbc()
        .sql(
            """
            insert into theme values ('main', '20260131090000', 'tides', 'Tides', :folder,
              'themebox', 'a.md', :brief, 'running', now(), null, null)
            """)
        .param("folder", FOLDER)
        .param(
            "brief",
            "# Tides\n\nWhat can a city learn from the shore? " + "Look closely. ".repeat(30))
        .update();
    life.workspace()
        .write(
            FOLDER + "/contexts/20260131090000.md",
            "---\nexpert: x\n---\n\n# A marine biologist\n\n"
                + "Look at one animal first. ".repeat(30)
                + "\n\n## One expert or several\n\nOne is enough.");
    var material = new BeatMaterial(life.beats, life.themes, life.workspaces);
    choosing =
        new Choosing(
            model,
            material,
            life.beats,
            life.record,
            life.workspaces,
            TestProperties.in(folder, Map.of()));
    working = new Working(model, material, life.beats, life.record, life.themes, life.workspaces);
  }

  @Test
  void showsInChoiceAndWorkAllThatBothNeed() {
    beat();
    failedBeat();
    beat();
    asked.clear();

    beat();

    assertThat(asked).hasSize(2);
    for (Question<?> question : asked) {
      assertThat(PromptText.of(question, null, true))
          .contains("What can a city learn from the shore?") // the theme
          .contains("# A marine biologist") // the expert context
          .contains("# Rules I have learned") // the rules
          .contains(
              "20260131093000 think closed what-the-shore-teaches-part-1.md") // a beat and its
          // artifact
          .contains("20260131100000 observe failed\n") // no word of the error
          .contains("# What the shore teaches, part 1\n\nThe shore", "So ends part 2.") // pieces
          .doesNotContain("a secret of the error", "process_instance:", "One is enough.");
    }
    assertThat(PromptText.of(asked.getFirst(), null, true))
        .contains("think: done 1 time\nobserve: done 1 time\ncreate: done 1 time\n")
        .contains("introspect: not done yet")
        .contains("Choose the one activity for this heartbeat");
    assertThat(PromptText.of(asked.getLast(), null, true)).contains("One small, finished step");
  }

  @Test
  void tellsTheChoiceLessWhereNoCacheKeepsWhatItTells() {
    beat();
    asked.clear();

    beat();

    assertThat(PromptText.of(asked.getFirst(), null, false))
        .contains(
            "What can a city learn", "what-the-shore-teaches-part-1.md", "introspect: not done yet")
        .doesNotContain("marine biologist", "So ends part 1.", "Rules I have learned");
    assertThat(PromptText.of(asked.getLast(), null, false))
        .contains("marine biologist", "So ends part 1.", "Rules I have learned");
  }

  @Test
  void tellsOfEveryBeatOfALongThemeAndOfTheNewestPieces() {
    for (int i = 0; i < 20; i++) {
      beat();
    }

    String prompt = PromptText.of(asked.getLast(), 8_192, true);

    assertThat(prompt)
        .contains("- think closed what-the-shore-teaches-part-1.md\n- observe closed");
    for (int part = 1; part <= 19; part++) {
      assertThat(prompt).contains("closed what-the-shore-teaches-part-" + part + ".md");
    }
    assertThat(prompt).contains("So ends part 18.", "So ends part 19.");
  }

  @Test
  void letsAServerReadLittleThatIsNew() {
    String before = "";
    long all = 0;
    long kept = 0;
    for (int i = 0; i < 20; i++) {
      asked.clear();
      beat();
      for (Question<?> question : asked) {
        String prompt = PromptText.of(question, 8_192, true);
        all += bytes(prompt);
        kept += bytes(prompt.substring(0, common(before, prompt)));
        before = prompt;
      }
    }

    // English has about four bytes in a token; repairs need some of what is left.
    assertThat((double) kept / all).as("share kept").isGreaterThan(0.75);
    assertThat((all - kept) / 4 / 20).as("tokens newly read in a beat").isLessThan(720);
    assertThat(all / 4 / 20).as("tokens in a beat").isLessThan(3_500);
  }

  /** About 350 words, so that a piece is longer than what is shown of it. */
  private String prose() {
    String sentence =
        "The shore between high and low water belongs to the sea for half of day "
            + pieces
            + ", and a good street is like it. ";
    return sentence.repeat(15) + "So ends part " + pieces + ".";
  }

  private Activity next() {
    return TURNS.get(life.beats.ofTheme("main", "20260131090000").size() % TURNS.size());
  }

  private void beat() {
    String id = String.valueOf(life.open().heartbeatId());
    Activity activity = next();
    choosing.choose(
        new Choosing.Choose("main", id, PERMITTED), life.runs.first("heartbeat-choose"));
    var worked =
        working.work(activity, new Working.Work("main", id), life.runs.first("activity-think"));
    end(id, worked.artifactPath(), BeatState.CLOSED);
  }

  private void failedBeat() {
    String id = String.valueOf(life.open().heartbeatId());
    var choice = new BeatRecord.Choice(next().id(), "It is overdue.", ChosenBy.MODEL, null);
    life.record.recordChoice("main", id, choice);
    end(id, null, BeatState.FAILED);
  }

  private void end(String id, @Nullable String artifact, BeatState state) {
    var log = new BeatStore.LogEntry("20260131090000", artifact, "log.md", null, null);
    life.beats.recordLog("main", id, log);
    BeatStore.Trouble trouble =
        state == BeatState.CLOSED
            ? null
            : new BeatStore.Trouble("MODEL_UNAVAILABLE", "a secret of the error");
    life.database
        .transactions()
        .executeWithoutResult(open -> life.beats.end("main", id, state, trouble));
    life.clock.advance(Duration.ofMinutes(30));
  }

  private static int common(String one, String other) {
    int length = Math.min(one.length(), other.length());
    for (int i = 0; i < length; i++) {
      if (one.charAt(i) != other.charAt(i)) {
        return i;
      }
    }
    return length;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
