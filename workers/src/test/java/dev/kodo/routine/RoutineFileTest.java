package dev.kodo.routine;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutineFileTest {
  private static final String GOOD =
      "other:\n  when: {cron: '0 7 * * *'}\n  do: Say good morning.\n";

  @Test
  void readsEverySetting() {
    RoutineFile file =
        RoutineFile.parse(
            """
            # What I want every morning.
            morning-news:
              description: A look at the day
              when:
                cron: "0 7 * * 1-5"
              do: |
                Write three sentences.
                One of them about bees.
              limits: {spend: 0.20, spend-per-day: $1, calls: 4, time: 10 min}
              enabled: no
              missed: skip
            report:
              when: {event: file-added, files: "projects/*.csv"}
              process: weekly-report
            builds:
              when: {message: build-finished}
              do: Look at the build.
            farewell:
              when: {event: theme-ended}
              do: Say good-bye.
            """);

    assertThat(file.problems()).isEmpty();
    assertThat(file.routines()).extracting(Routine::line).containsExactly(2, 12, 15, 18);
    assertThat(file.routines().getFirst())
        .isEqualTo(
            new Routine(
                "morning-news",
                "A look at the day",
                new Routine.When.Cron(Schedule.parse("0 7 * * 1-5")),
                new Routine.Work.Instruct("Write three sentences.\nOne of them about bees."),
                new Routine.Limits(
                    new BigDecimal("0.20"), new BigDecimal("1"), 4, Duration.ofMinutes(10)),
                false,
                Routine.Missed.SKIP,
                2));
    assertThat(file.routines().get(1).work()).isEqualTo(new Routine.Work.Call("weekly-report"));
    assertThat(file.routines().get(1).limits()).isEqualTo(Routine.Limits.USUAL);
    assertThat(file.routines())
        .extracting(routine -> routine.when().text())
        .containsExactly(
            "cron 0 7 * * 1-5",
            "event file-added projects/*.csv",
            "message build-finished",
            "event theme-ended");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          wehn: {cron: '0 7 * * *'}         | Did you mean 'when'?
          when: {corn: '0 7 * * *'}         | Did you mean 'cron'?
          when: {event: theme-end}          | Did you mean 'theme-ended'?
          when: {event: moon}               | Expected one of theme-ended
          when: {event: file-added}         | lacks 'files'
          when: {cron: '0 25 * * *'}        | The cron expression '0 25 * * *'
          when: {cron: [1]}                 | no plain text
          when: {cron: '@daily', message: x}| Expected one of cron, event and message
          when: {message: Not-So}           | Expected 'message' to be small letters
          when: {event: file-added, files: ../x} | cannot be used
          limits: {spent: 1}                | Did you mean 'spend'?
          limits: {spend: -1}               | Expected 'spend' to be an amount
          limits: {spend: Infinity}         | Expected 'spend' to be an amount
          limits: {calls: 0}                | from 1 to 1000
          limits: {time: 2 days}            | a time such as 10 min
          limits: {time: 25 h}              | from 10 s to 24 h
          enabled: maybe                    | true or false
          missed: all                       | run-once or skip
          process: sos                      | either 'do'
          do: [a]                           | no plain text
          """)
  void namesTheEntryTheLineAndTheNearestKey(String line, String words) {
    String key = line.substring(0, line.indexOf(':'));
    String entry =
        "first:\n"
            + (key.equals("when") || key.equals("wehn") ? "" : "  when: {cron: '0 7 * * *'}\n")
            + (key.equals("do") ? "" : "  do: Something.\n")
            + "  "
            + line
            + "\n";

    RoutineFile file = RoutineFile.parse(entry + GOOD);

    assertThat(file.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.routine()).isEqualTo("first");
              assertThat(problem.line()).isBetween(1, 4);
              assertThat(problem.sentence()).contains(words);
            });
    assertThat(file.routines()).extracting(Routine::name).containsExactly("other");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../etc",
        "\"a\\nb\"",
        "\"\\u202Egpj\"",
        "🐝",
        "Morning",
        "-news",
        "\"\"",
        "'a b'",
        "routine-that-has-far-too-long-a-name-to-be-a-name-of-a-folder"
      })
  void refusesNamesThatAreNoNames(String name) {
    RoutineFile file =
        RoutineFile.parse(name + ":\n  when: {cron: '0 7 * * *'}\n  do: Say it.\n" + GOOD);

    assertThat(file.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.routine()).isNull();
              assertThat(problem.line()).isEqualTo(1);
              assertThat(problem.sentence())
                  .contains("cannot be used")
                  .doesNotContain("\n", "\u202E");
            });
    assertThat(file.routines()).extracting(Routine::name).containsExactly("other");
  }

  @Test
  void refusesANameOfThreeHundredLettersWithoutRepeatingIt() {
    RoutineFile file = RoutineFile.parse("x".repeat(300) + ":\n  do: Say it.\n");

    assertThat(file.problems().getFirst().sentence()).hasSizeLessThan(250);
  }

  @Test
  void letsTheOthersRunWhenOneEntryIsNoYaml() {
    RoutineFile file =
        RoutineFile.parse(
            GOOD
                + "broken:\n  when: {cron: '0 7\n  do: [\nlast:\n  when: {message: go}\n  do: Go.\n");

    assertThat(file.routines()).extracting(Routine::name).containsExactly("other", "last");
    assertThat(file.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.routine()).isEqualTo("broken");
              assertThat(problem.line()).isBetween(4, 6);
              assertThat(problem.sentence()).contains("no YAML");
            });
    assertThat(file.names()).containsExactlyInAnyOrder("other", "broken", "last");
  }

  @Test
  void refusesTheSecondOfTwoRoutinesOfOneName() {
    RoutineFile file = RoutineFile.parse(GOOD + GOOD);

    assertThat(file.routines()).hasSize(1);
    assertThat(file.problems().getFirst().line()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing yet\n", "\n\n"})
  void takesAnEmptyFileForNoRoutines(String text) {
    RoutineFile file = RoutineFile.parse(text);

    assertThat(file.routines()).isEmpty();
    assertThat(file.problems()).isEmpty();
  }

  @Test
  void buildsNothingThatTheFileNames() {
    RoutineFile file = RoutineFile.parse("evil: !!javax.script.ScriptEngineManager [x]\n" + GOOD);

    assertThat(file.problems()).extracting(Problem::routine).containsExactly("evil");
    assertThat(file.routines()).hasSize(1);
  }
}
