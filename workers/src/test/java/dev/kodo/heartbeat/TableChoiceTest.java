package dev.kodo.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kodo.process.ErrorCode;
import dev.kodo.testing.TestProperties;
import dev.kodo.worker.JobFailure;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableChoiceTest {
  private static final String WHY = "The answer names no activity.";

  @TempDir Path folder;
  private HeartbeatFixture life;
  private String id;

  @BeforeEach
  void openABeat() {
    life = new HeartbeatFixture(folder);
    id = String.valueOf(life.open().heartbeatId());
  }

  @Test
  void saysThatTheTableChoseAndWhy() {
    Choosing.Chosen chosen = record("observe", Map.of("think", 1));

    assertThat(chosen.activity()).isEqualTo("observe");
    assertThat(chosen.timeLimit()).isEqualTo("PT10M");
    assertThat(chosen.reason())
        .isEqualTo(
            "The table chose, because the model gave no choice that could be used: The answer names no activity."
                + " Of what is permitted, observe was never done in this theme.");
    Beat beat = life.beats.get("main", id);
    assertThat(beat.activity()).isEqualTo("observe");
    assertThat(beat.reason()).isEqualTo(chosen.reason());
    assertThat(beat.marks().chosenBy()).isEqualTo(ChosenBy.TABLE);
    assertThat(beat.marks().choiceFault()).isEqualTo(WHY);
  }

  @Test
  void saysThatItWasDoneLongestAgo() {
    assertThat(record("think", Map.of("think", 7)).reason())
        .endsWith("think was done longest ago in this theme.");
  }

  @Test
  void failsTheBeatWithTheTrueReasonWhereTheTableTookNothing() {
    assertThatThrownBy(() -> record(null, Map.of()))
        .isInstanceOfSatisfying(
            JobFailure.class,
            failure ->
                assertThat(failure.meaning())
                    .isEqualTo(new JobFailure.Meaning.Throw(ErrorCode.CHOICE_UNREADABLE)))
        .hasMessageContaining("begins and ends no theme")
        .hasMessageContaining(WHY);
    assertThat(life.beats.get("main", id).activity()).isNull();
  }

  private Choosing.Chosen record(@Nullable String choice, Map<String, Integer> since) {
    return new TableChoice(life.beats, life.record, TestProperties.in(folder, Map.of()))
        .record(
            new TableChoice.Made("main", id, choice, WHY, since),
            life.runs.first("heartbeat-record-choice"));
  }
}
