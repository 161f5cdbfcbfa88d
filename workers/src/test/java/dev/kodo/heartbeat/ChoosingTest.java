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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChoosingTest {
  @TempDir Path folder;
  private HeartbeatFixture life;
  private String id;
  private final SomeChoices model = new SomeChoices();

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
    assertThat(model.asked).isEmpty();
  }

  @Test
  void asksOnceMoreWhenTheModelChoseWhatIsNotPermitted() {
    model.choices(
        new ActivityChoice("theme-end", "I am done with it.", 0),
        new ActivityChoice("think", "Thinking is overdue.", 0));

    assertThat(choose(List.of("think", "observe")).activity()).isEqualTo("think");

    assertThat(model.faults)
        .containsExactly(
            "names an 'activity' that is not permitted now; permitted are think, observe");
  }

  @Test
  void givesUpWhenTheModelChoosesWhatIsNotPermittedAgain() {
    model.choices(new ActivityChoice("theme-end", "I am done with it.", 0));

    assertThatThrownBy(() -> choose(List.of("think", "observe")))
        .isInstanceOfSatisfying(
            JobFailure.class,
            failure ->
                assertThat(failure.meaning())
                    .isEqualTo(new JobFailure.Meaning.Throw(ErrorCode.CHOICE_UNREADABLE)));
    assertThat(model.faults).hasSize(2);
  }

  @Test
  void pausesAThemeUnasked() {
    Choosing.Chosen chosen = choose(List.of("theme-pause"));

    assertThat(chosen.activity()).isEqualTo("theme-pause");
    assertThat(chosen.reason()).contains("A person's theme waits");
    assertThat(model.asked).isEmpty();
    assertThat(life.beats.get("main", id).marks().chosenBy()).isEqualTo(ChosenBy.ONLY_ONE);
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
    model.choices(new ActivityChoice("think", "Thinking is overdue.", 0));
    choose(List.of("think", "observe"));

    assertThat(life.beats.get("main", id).activity()).isEqualTo("think");
    assertThat(life.beats.get("main", id).reason()).isEqualTo("Thinking is overdue.");
    assertThat(life.beats.get("main", id).marks().chosenBy()).isEqualTo(ChosenBy.MODEL);
  }

  private String limitFor(int minutes) {
    model.choices(new ActivityChoice("think", "Because.", minutes));
    return choose(List.of("think", "observe")).timeLimit();
  }

  private Choosing.Chosen choose(List<String> permitted) {
    BeatMaterial material = new BeatMaterial(life.beats, life.themes, life.workspaces);
    Choosing choosing =
        new Choosing(
            model,
            material,
            life.beats,
            life.record,
            life.workspaces,
            TestProperties.in(folder, Map.of()));
    return choosing.choose(
        new Choosing.Choose("main", id, permitted), life.runs.first("heartbeat-choose"));
  }

  /** A model that gives these choices, the last one again and again, with one repair. */
  private static final class SomeChoices implements ModelPort {
    private final Deque<ActivityChoice> choices = new ArrayDeque<>();
    private final List<ActivityChoice> asked = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();

    private void choices(ActivityChoice... next) {
      choices.clear();
      choices.addAll(List.of(next));
    }

    @Override
    public <A extends Record> Answer<A> ask(JobRun run, Question<A> question) {
      for (int attempt = 1; attempt <= 2; attempt++) {
        A answer = question.answerType().cast(next());
        Optional<String> fault = question.fault().apply(answer);
        if (fault.isEmpty()) {
          return new Answer<>(
              answer, new ModelUse("stub", "stub", true, 0, 0, null, null, 0), null);
        }
        faults.add(fault.get());
      }
      throw JobFailure.bpmnError(
          ErrorCode.MODEL_ANSWER_INVALID, "The answer " + faults.getLast() + ".", null);
    }

    private ActivityChoice next() {
      asked.add(choices.size() > 1 ? choices.removeFirst() : choices.getFirst());
      return asked.getLast();
    }
  }
}
