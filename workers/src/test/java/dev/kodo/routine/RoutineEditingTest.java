package dev.kodo.routine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoutineEditingTest {
  private static final String FILE =
      """
      # My routines.
      news:  # every morning
        when:
          cron: "0 7 * * *"
        do: Say it.  # briefly

      # The second one.
      report:
        when: {message: go}
        do: Report.
        enabled: true   # for now
      """;

  @Test
  void addsAtTheEndAndLeavesTheRest() {
    String added = RoutineEditing.added(FILE, "last:\n  do: Go.\n");

    assertThat(added).isEqualTo(FILE + "\nlast:\n  do: Go.\n");
    assertThat(RoutineEditing.added("", "last:\n")).isEqualTo("last:\n");
  }

  @Test
  void removesTheEntryAndNoComment() throws Exception {
    assertThat(RoutineEditing.removed(FILE, "news"))
        .isEqualTo(
            """
            # My routines.

            # The second one.
            report:
              when: {message: go}
              do: Report.
              enabled: true   # for now
            """);
    assertThat(RoutineEditing.removed(FILE, "report"))
        .endsWith("# The second one.\n")
        .contains("# briefly");
  }

  @Test
  void switchesWithoutTouchingAnythingElse() throws Exception {
    assertThat(RoutineEditing.switched(FILE, "report", false))
        .isEqualTo(FILE.replace("enabled: true   # for now", "enabled: false   # for now"));
    assertThat(RoutineEditing.switched(FILE, "news", false))
        .isEqualTo(FILE.replace("# every morning\n", "# every morning\n  enabled: false\n"));
  }

  @Test
  void leavesWhatItCannotChangeToAPerson() {
    String braces = "{news: {when: {message: go}, do: Go.}}\n";

    assertThatThrownBy(() -> RoutineEditing.switched(braces, "news", false))
        .isInstanceOf(RoutineEditing.Impossible.class)
        .hasMessageContaining("editor");
    assertThatThrownBy(() -> RoutineEditing.removed(braces, "news")).hasMessageContaining("editor");
    assertThatThrownBy(() -> RoutineEditing.removed(FILE, "gone"))
        .hasMessageContaining("There is no routine 'gone'");
    assertThatThrownBy(() -> RoutineEditing.removed(FILE + "x: [\n", "news"))
        .hasMessageContaining("no YAML");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Say \"it\".",
        "One line.\nAnd another: with a colon # and a hash",
        "- looks like a list",
        "{looks: like, a: map}",
        "  indented\n back",
        "trailing space \nnext",
        "日本語の依頼\n二行目",
        "a\n\nb",
        "nul\u0000 and tab\t\nx",
        "...\n---\nnews:\n  do: sneaked in"
      })
  void writesWhatItCanReadBack(String instruction) {
    NewRoutine wanted =
        new NewRoutine(
            "new",
            "What: it #does",
            "0 7 * * *",
            null,
            null,
            null,
            instruction,
            null,
            "0.20",
            null,
            "3",
            "5 min",
            "skip");

    RoutineFile file = RoutineFile.parse(RoutineEditing.added(FILE, wanted.entry()));

    assertThat(file.problems()).isEmpty();
    assertThat(file.routines()).extracting(Routine::name).containsExactly("news", "report", "new");
    assertThat(file.routines().getLast().work())
        .isEqualTo(new Routine.Work.Instruct(instruction.strip()));
    assertThat(file.routines().getLast().description()).isEqualTo("What: it #does");
  }
}
