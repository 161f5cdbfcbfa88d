package dev.kodo.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kodo.model.Answer;
import dev.kodo.model.ModelPort;
import dev.kodo.model.ModelUse;
import dev.kodo.model.Question;
import dev.kodo.process.ErrorCode;
import dev.kodo.testing.TestProperties;
import dev.kodo.worker.JobFailure;
import dev.kodo.worker.JobRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChoosingTest {
  @TempDir Path folder;
  private HeartbeatFixture life;
  private String id;
  private final OneChoice model = new OneChoice();

  @BeforeEach
  void openABeat() {
    life = new HeartbeatFixture(folder);
    id = String.valueOf(life.open().heartbeatId());
  }

  @Test
  void asksNoModelWhenOnlyOneActivityIsPermitted() {
    Choosing.Chosen chosen = choose(List.of("theme-start"));

    assertThat(chosen.activity()).isEqualTo("theme-start");
    assertThat(chosen.reason()).contains("theme has to start first");
    assertThat(model.asked).isZero();
  }

  @Test
  void refusesAnActivityThatIsNotPermitted() {
    model.choice = new ActivityChoice("theme-end", "I am done with it.", 0);

    assertThatThrownBy(() -> choose(List.of("think", "observe")))
        .isInstanceOfSatisfying(
            JobFailure.class,
            failure ->
                assertThat(failure.meaning())
                    .isEqualTo(new JobFailure.Meaning.Throw(ErrorCode.MODEL_ANSWER_INVALID)));
  }

  @Test
  void takesALongerLimitThatWasDeclaredUpToTheCeiling() {
    assertThat(limitFor(0)).isEqualTo("PT10M");
    assertThat(limitFor(5)).as("a shorter one does not count").isEqualTo("PT10M");
    assertThat(limitFor(25)).isEqualTo("PT25M");
    assertThat(limitFor(1_000_000)).as("the ceiling").isEqualTo("PT1H");
  }

  @Test
  void recordsTheChoiceWithItsReason() {
    model.choice = new ActivityChoice("think", "Thinking is overdue.", 0);
    choose(List.of("think", "observe"));

    assertThat(life.beats.get("main", id).activity()).isEqualTo("think");
    assertThat(life.beats.get("main", id).reason()).isEqualTo("Thinking is overdue.");
  }

  private String limitFor(int minutes) {
    model.choice = new ActivityChoice("think", "Because.", minutes);
    return choose(List.of("think", "observe")).timeLimit();
  }

  private Choosing.Chosen choose(List<String> permitted) {
    BeatMaterial material = new BeatMaterial(life.beats, life.themes, life.workspaces);
    Choosing choosing =
        new Choosing(
            model, material, life.beats, life.workspaces, TestProperties.in(folder, Map.of()));
    return choosing.choose(
        new Choosing.Choose("main", id, permitted), life.runs.first("heartbeat-choose"));
  }

  /** A model that always answers with the same choice. */
  private static final class OneChoice implements ModelPort {
    private @Nullable ActivityChoice choice;
    private int asked;

    @Override
    public <A extends Record> Answer<A> ask(JobRun run, Question<A> question) {
      asked++;
      A answer = question.answerType().cast(java.util.Objects.requireNonNull(choice));
      return new Answer<>(answer, new ModelUse("stub", "stub", true, 0, 0, null, 0));
    }
  }
}
