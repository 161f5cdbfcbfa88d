package dev.kodo.process.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.kodo.process.lint.Violations.Planted;
import dev.kodo.process.scenario.ProjectFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DiagramLintTest {
  @TempDir private Path folder;
  private PlantedFiles files;

  @BeforeEach
  void copyTheRealFiles() throws IOException {
    files = PlantedFiles.copyTo(folder);
  }

  @Test
  void findsNothingInTheRealFiles() {
    assertThat(
            DiagramLint.check(ProjectFiles.processes(), ProjectFiles.forms(), KnownWiring.wiring()))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("violations")
  void seesEachPlantedViolation(Planted planted) {
    // given
    files.edit(planted.file(), planted.edit());

    // then
    assertThat(files.check(KnownWiring.wiring()))
        .filteredOn(finding -> finding.rule() == planted.rule())
        .anySatisfy(
            finding -> {
              assertThat(finding.file()).isEqualTo(planted.file());
              assertThat(finding.element()).isEqualTo(planted.element());
              assertThat(finding.message()).matches("(?s).{20,300}");
            });
  }

  @Test
  void seesAWorkerAndAMessageThatNoDiagramUses() {
    assertThat(files.check(KnownWiring.withJobType("tea-brew", Set.of())))
        .extracting(Finding::rule, Finding::element)
        .containsExactly(tuple(Rule.WORKER_HAS_JOB_TYPE, "tea-brew"));
    assertThat(files.check(KnownWiring.withMessages(KnownWiring.messagesAnd("tea-ready"))))
        .extracting(Finding::rule, Finding::element)
        .containsExactly(tuple(Rule.MESSAGE_HAS_RECEIVER, "tea-ready"));
  }

  @Test
  void seesAJobTypeAndAMessageThatTheBodyDoesNotKnow() {
    assertThat(files.check(KnownWiring.withoutJobType("theme-pick")))
        .extracting(Finding::rule, Finding::element)
        .containsExactly(tuple(Rule.JOB_TYPE_HAS_WORKER, "Task_PickTheme"));
    assertThat(files.check(KnownWiring.withMessages(KnownWiring.messagesWithout("beat-now"))))
        .extracting(Finding::rule, Finding::element)
        .containsExactly(tuple(Rule.MESSAGE_HAS_SENDER, "Message_BeatNow"));
  }

  @Test
  void followsAnErrorThroughTheCallsThatLeadToIt() {
    assertThat(
            files.check(KnownWiring.withJobType("heartbeat-open", Set.of("WORKSPACE_UNWRITABLE"))))
        .extracting(Finding::rule, Finding::element)
        .containsExactly(tuple(Rule.ERROR_IS_CAUGHT, "Task_OpenHeartbeat"));
  }

  @Test
  void acceptsAProcessThatIsCalledTwiceWhenBothWaysAreCaught() {
    // given
    files.edit("activity.bpmn", replace("processId=\"theme-end\"", "processId=\"theme-start\""));

    // then
    assertThat(files.check(KnownWiring.wiring()))
        .filteredOn(finding -> finding.rule() == Rule.ERROR_IS_CAUGHT)
        .isEmpty();
  }

  @Test
  void takesADiagramThatNobodyNamesForOneThatARoutineCalls() {
    // given
    files.edit("activity.bpmn", replace("processId=\"theme-end\"", "processId=\"theme-start\""));
    files.edit("routine-run.bpmn", replace("processId=\"=processId\"", "processId=\"sos\""));

    // then
    assertThat(files.check(KnownWiring.wiring()))
        .filteredOn(finding -> finding.rule() == Rule.ERROR_IS_CAUGHT)
        .extracting(Finding::file)
        .containsOnly("theme-end.bpmn");
  }

  @Test
  void expectsNoCallOfAProcessThatBeginsWithAMessage() {
    assertThat(
            files.check(KnownWiring.withJobType("survival-note", Set.of("WORKSPACE_UNWRITABLE"))))
        .extracting(Finding::rule, Finding::element)
        .containsExactly(tuple(Rule.ERROR_IS_CAUGHT, "Task_NoteNews"));
  }

  @Test
  void refusesOnlyWhatWouldFailOrHang() {
    // given
    files.edit("heartbeat.bpmn", replace("Task_OpenHeartbeat", "Activity_0x1"));

    // then
    assertThat(files.check(KnownWiring.wiring())).isNotEmpty().noneMatch(Finding::refuses);

    // given
    files.edit("heartbeat.bpmn", replace("type=\"heartbeat-open\"", "type=\"heartbeat-opne\""));

    // then
    assertThat(files.check(KnownWiring.wiring())).anyMatch(Finding::refuses);
  }

  @Test
  void showsThatEachRuleCanFail() {
    Set<Rule> shownElsewhere =
        Set.of(Rule.READABLE, Rule.WORKER_HAS_JOB_TYPE, Rule.MESSAGE_HAS_RECEIVER);
    assertThat(
            Stream.concat(violations().map(Planted::rule), shownElsewhere.stream())
                .collect(Collectors.toSet()))
        .containsAll(Arrays.asList(Rule.values()));
  }

  static Stream<Planted> violations() {
    return Violations.all();
  }

  private static UnaryOperator<String> replace(String old, String by) {
    return text -> text.replace(old, by);
  }
}
