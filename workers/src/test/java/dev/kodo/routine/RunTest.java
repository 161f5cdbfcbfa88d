package dev.kodo.routine;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunTest {
  /** A bar stands for the end of a line. */
  @ParameterizedTest
  @CsvSource({
    "event file-added|a.csv|b.csv, a.csv b.csv",
    "by hand|event file-added|a.csv, a.csv",
    "event file-added|a.csv|by hand|b.csv, a.csv b.csv",
    "by hand, ''",
    "message go, ''"
  })
  void knowsItsNewFilesWhateverElseStartedIt(String startedBy, String files) {
    List<String> wanted = files.isEmpty() ? List.of() : List.of(files.split(" ", -1));

    assertThat(run(startedBy.replace('|', '\n')).addedFiles()).isEqualTo(wanted);
  }

  private static Run run(String startedBy) {
    Routine routine =
        RoutineFile.parse("x:\n  when: {message: go}\n  do: Go.\n").routines().getFirst();
    Run.Begin begin = new Run.Begin(1, Instant.EPOCH);
    return Run.begins("main", "20260131093000", routine, startedBy, BigDecimal.ONE, begin);
  }
}
