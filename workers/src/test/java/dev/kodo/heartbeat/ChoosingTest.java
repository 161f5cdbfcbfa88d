package dev.kodo.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kodo.model.Scripted;
import dev.kodo.process.ErrorCode;
import dev.kodo.testing.TestProperties;
import dev.kodo.worker.JobFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChoosingTest {
  @TempDir Path folder;
  private HeartbeatFixture life;
  private String id;
  private final Scripted model = new Scripted();

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
    assertThat(model.questions).isEmpty();
  }

  @Test
  void offersWhatIsPermittedNowAndNoMoreTimeThanThereIs() {
    model.answers(new ActivityChoice("Thinking is overdue.", "think", 0));

    assertThat(choose(List.of("think", "observe")).activity()).isEqualTo("think");

    assertThat(model.questions.getLast().choices())
        .isEqualTo(Map.of("activity", List.of("think", "observe")));
    assertThat(model.questions.getLast().limits()).isEqualTo(Map.of("minutes", 60));
  }

  @Test
  void tellsTheDiagramWhenTheModelChoosesWhatIsNotPermitted() {
    model.answers(new ActivityChoice("I am done with it.", "theme-end", 0));

    assertThatThrownBy(() -> choose(List.of("think", "observe")))
        .isInstanceOfSatisfying(
            JobFailure.class,
            failure ->
                assertThat(failure.meaning())
                    .isEqualTo(new JobFailure.Meaning.Throw(ErrorCode.CHOICE_UNREADABLE)))
        .hasMessageContaining("permitted are [\"think\",\"observe\"]");
  }

  @Test
  void pausesAThemeUnasked() {
    Choosing.Chosen chosen = choose(List.of("theme-pause"));

    assertThat(chosen.activity()).isEqualTo("theme-pause");
    assertThat(chosen.reason()).contains("A person's theme waits");
    assertThat(model.questions).isEmpty();
    assertThat(life.beats.get("main", id).marks().chosenBy()).isEqualTo(ChosenBy.ONLY_ONE);
  }

  @Test
  void takesALongerLimitThatWasDeclaredUpToTheCeiling() {
    assertThat(limitFor(0)).isEqualTo("PT10M");
    assertThat(limitFor(5)).as("a shorter one does not count").isEqualTo("PT10M");
    assertThat(limitFor(25)).isEqualTo("PT25M");
    assertThat(limitFor(60)).as("the ceiling").isEqualTo("PT1H");
  }

  @Test
  void recordsTheChoiceWithItsReason() {
    model.answers(new ActivityChoice("Thinking is overdue.", "think", 0));
    choose(List.of("think", "observe"));

    assertThat(life.beats.get("main", id).activity()).isEqualTo("think");
    assertThat(life.beats.get("main", id).reason()).isEqualTo("Thinking is overdue.");
    assertThat(life.beats.get("main", id).marks().chosenBy()).isEqualTo(ChosenBy.MODEL);
  }

  private String limitFor(int minutes) {
    model.answers(new ActivityChoice("Because.", "think", minutes));
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
}
