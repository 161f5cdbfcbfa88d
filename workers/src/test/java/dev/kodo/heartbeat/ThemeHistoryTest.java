package dev.kodo.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kodo.model.Section;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ThemeHistoryTest {
  private final List<Beat> beats = new ArrayList<>();
  private final List<String> files = new ArrayList<>();

  @Test
  void tellsEachBeatAndThenWhatItLeft() {
    closed(1);
    failed(2);
    closed(3);

    assertThat(texts())
        .containsExactly(
            "20260101000001 think closed piece-1.md",
            "text of artifacts/t/20260101000001_piece-1.md",
            "20260101000002 think failed",
            "20260101000003 think closed piece-3.md",
            "text of artifacts/t/20260101000003_piece-3.md");
  }

  @Test
  void onlyGrowsAtItsEndBetweenTwoCuts() {
    int cuts = 0;
    List<Section> before = List.of();
    for (int beat = 1; beat <= 40; beat++) {
      closed(beat);
      List<Section> now = sections();
      boolean grew = now.subList(0, Math.min(now.size(), before.size())).equals(before);
      cuts += grew ? 0 : 1;
      before = now;
    }

    assertThat(cuts).as("one beat in two").isLessThanOrEqualTo(20);
  }

  @Test
  void keepsOlderBeatsAsTheyStandUntilManyAreDroppedAtOnce() {
    int drops = 0;
    Section oldest = null;
    int most = 0;
    for (int beat = 1; beat <= 100; beat++) {
      closed(beat);
      List<Section> now = sections();
      most = Math.max(most, now.size());
      Section first = now.getFirst();
      drops += first.equals(oldest) ? 0 : 1;
      oldest = first;
    }

    assertThat(most).as("eleven groups, and three beats with their pieces").isLessThanOrEqualTo(17);
    assertThat(drops).as("six groups of two beats at once").isLessThanOrEqualTo(12);
  }

  @Test
  void tellsBeatsThatLeftNothingInAFewSectionsToo() {
    IntStream.rangeClosed(1, 200).forEach(this::failed);

    assertThat(sections()).hasSizeLessThan(36);
  }

  @Test
  void showsAtLeastTwoPiecesWhereThereAreTwo() {
    for (int beat = 1; beat <= 30; beat++) {
      closed(beat);

      assertThat(sections().stream().filter(section -> section.kind() == Section.Kind.PIECE))
          .hasSizeBetween(Math.min(2, beat), 3);
    }
  }

  @Test
  void tellsOfFilesThatNoEndedBeatLeftWhereTheyBelongInTime() {
    files.add("artifacts/t/20260101000000_by-hand.md");
    closed(1);
    files.add("artifacts/t/20260101000009_of-the-open-beat.md");

    assertThat(texts())
        .containsExactly(
            "20260101000000_by-hand.md",
            "text of artifacts/t/20260101000000_by-hand.md",
            "20260101000001 think closed piece-1.md",
            "text of artifacts/t/20260101000001_piece-1.md",
            "20260101000009_of-the-open-beat.md",
            "text of artifacts/t/20260101000009_of-the-open-beat.md");
  }

  private void closed(int number) {
    String id = id(number);
    files.add("artifacts/t/" + id + "_piece-" + number + ".md");
    beats.add(beat(id, BeatState.CLOSED, null));
  }

  private void failed(int number) {
    beats.add(beat(id(number), BeatState.FAILED, "what went wrong"));
  }

  private static String id(int number) {
    return "20260101%06d".formatted(number);
  }

  private static Beat beat(String id, BeatState state, @Nullable String error) {
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    return new Beat(
        1,
        "main",
        id,
        1,
        "normal",
        "timer",
        state,
        "t",
        "think",
        "why",
        null,
        null,
        null,
        error,
        error,
        now,
        now,
        BeatMarks.NONE);
  }

  private List<Section> sections() {
    return new ThemeHistory(beats, files).sections(path -> Optional.of("text of " + path));
  }

  private List<String> texts() {
    return sections().stream().map(Section::text).toList();
  }
}
