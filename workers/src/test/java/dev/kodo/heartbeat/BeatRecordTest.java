package dev.kodo.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kodo.agent.Agents;
import dev.kodo.testing.SettableClock;
import dev.kodo.testing.TestDatabase;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BeatRecordTest {
  private static final String THEME = "20260131000000";

  private final TestDatabase database = TestDatabase.fresh();
  private final SettableClock clock = new SettableClock("2026-01-31T09:30:00Z");
  private final BeatStore beats = new BeatStore(database.jdbc(), clock);
  private final BeatRecord record = new BeatRecord(database.jdbc());
  private final Streak streak = new Streak(beats, record, new Agents(database.jdbc(), clock));
  private int opened;

  @Test
  void countsHowManyBeatsOfTheThemeAgoEachActivityWasTried() {
    beat(THEME, "think", ChosenBy.MODEL, null, null);
    beat(THEME, "create", ChosenBy.MODEL, null, null);
    beat("20260130000000", "observe", ChosenBy.MODEL, null, null);
    beat(THEME, "think", ChosenBy.MODEL, null, "TIME_IS_UP");
    open(THEME);

    assertThat(record.beatsSince("main", THEME)).isEqualTo(Map.of("think", 1, "create", 2));
  }

  @Test
  void countsBeatsInARowWhoseChoiceCouldNotBeRead() {
    beat(THEME, "think", ChosenBy.TABLE, "Digits for ever.", null);
    beat(THEME, "think", ChosenBy.MODEL, null, null);
    beat(THEME, "observe", ChosenBy.TABLE, "Digits for ever.", null);
    beat(THEME, "theme-pause", ChosenBy.ONLY_ONE, null, null);
    beat(null, "theme-start", ChosenBy.ONLY_ONE, null, null);
    beat(THEME, "create", ChosenBy.TABLE, "It was cut.", "TIME_IS_UP");

    assertThat(record.unreadableChoices("main", 0)).isEqualTo(2);
    assertThat(record.unreadableChoices("main", beats.recent("main", 1).getFirst().seq())).isZero();

    beat(THEME, null, null, null, "CHOICE_UNREADABLE");
    assertThat(record.unreadableChoices("main", 0)).as("one that failed counts").isEqualTo(3);

    beat(THEME, null, null, null, "BUDGET_EXCEEDED");
    assertThat(record.unreadableChoices("main", 0)).isZero();
  }

  @Test
  void endsInReviewAfterFourUnreadableChoicesAlthoughTheWorkWasDone() {
    for (int beat = 1; beat <= 4; beat++) {
      beat(THEME, "think", ChosenBy.TABLE, "The answer names no activity " + beat + ".", null);
      assertThat(streak.length("main")).isEqualTo(beat);
    }

    assertThat(streak.trouble("main"))
        .contains(new RecentTrouble(4, "CHOICE_UNREADABLE: The answer names no activity 4."));
  }

  @Test
  void tellsTheErrorThatCameAgainAndAgain() {
    beat(THEME, "think", ChosenBy.TABLE, "Digits.", "MODEL_ANSWER_INVALID");
    beat(THEME, "think", ChosenBy.MODEL, null, "MODEL_ANSWER_INVALID");

    assertThat(streak.trouble("main"))
        .contains(new RecentTrouble(2, "MODEL_ANSWER_INVALID: for the test"));

    beat(THEME, "think", ChosenBy.MODEL, null, null);
    assertThat(streak.trouble("main")).isEmpty();
    assertThat(streak.length("main")).isZero();
  }

  @Test
  void neverStopsForACutPieceOrForNothingWorthKeeping() {
    for (int beat = 1; beat <= 6; beat++) {
      String id = open(THEME);
      choose(id, "think", ChosenBy.MODEL, null);
      record.recordPiece("main", id, beat % 2 == 0 ? "bound" : null, beat % 2 == 1);
      beats.end("main", id, BeatState.CLOSED, null);
    }

    assertThat(streak.length("main")).isZero();
    assertThat(record.lately("main")).isEqualTo(new RecentWork(6, 6, 0, null, 3, 3));
    assertThat(beats.recent("main", 1).getFirst().marks())
        .isEqualTo(new BeatMarks(ChosenBy.MODEL, null, "bound", false));
  }

  @Test
  void tellsOfTheLastTwentyBeatsOnly() {
    for (int beat = 0; beat < 3; beat++) {
      beat(THEME, "think", ChosenBy.TABLE, "Digits.", null);
    }
    for (int beat = 0; beat < 17; beat++) {
      beat(THEME, "think", ChosenBy.MODEL, null, null);
    }
    beat(THEME, "think", ChosenBy.TABLE, "It was cut.", null);
    beat(THEME, "theme-start", ChosenBy.ONLY_ONE, null, null);

    assertThat(record.lately("main")).isEqualTo(new RecentWork(20, 19, 2, "It was cut.", 0, 0));
  }

  private void beat(
      @Nullable String theme,
      @Nullable String activity,
      @Nullable ChosenBy by,
      @Nullable String fault,
      @Nullable String error) {
    String id = open(theme);
    if (activity != null && by != null) {
      choose(id, activity, by, fault);
    }
    beats.end(
        "main",
        id,
        error == null ? BeatState.CLOSED : BeatState.FAILED,
        error == null ? null : new BeatStore.Trouble(error, "for the test"));
  }

  private void choose(String id, String activity, ChosenBy by, @Nullable String fault) {
    record.recordChoice("main", id, new BeatRecord.Choice(activity, "Because.", by, fault));
  }

  private String open(@Nullable String theme) {
    clock.advance(Duration.ofMinutes(1));
    String id = "%014d".formatted(20260131000000L + ++opened);
    beats.insertOpen(Beat.opened("main", id, opened, "normal", "timer", theme, clock.instant()));
    return id;
  }
}
