package dev.kodo.routine;

import dev.kodo.workspace.Reading;
import dev.kodo.workspace.WorkspaceException;
import dev.kodo.workspace.Workspaces;
import java.util.List;
import org.springframework.stereotype.Component;

/** The routines of an agent as their file stands now. */
@Component
class Definitions {
  private final Workspaces workspaces;

  Definitions(Workspaces workspaces) {
    this.workspaces = workspaces;
  }

  /**
   * What the file says.
   *
   * @param legible false when it could not be read at all, so that nothing follows from an absence
   */
  record Defined(RoutineFile file, boolean legible) {}

  Defined read(String agentId) {
    Reading reading;
    try {
      reading = workspaces.of(agentId).look(RoutineFile.PATH, RoutineFile.LARGEST);
    } catch (WorkspaceException refused) {
      // Before the first beat there is no workspace yet, and a person may have moved it away.
      return refused.code() == WorkspaceException.Code.NOT_FOUND
          ? new Defined(new RoutineFile(List.of(), List.of()), false)
          : illegible(String.valueOf(refused.getMessage()));
    }
    return switch (reading) {
      case Reading.Text text -> new Defined(RoutineFile.parse(text.text()), true);
      case Reading.Missing missing -> new Defined(RoutineFile.parse(""), true);
      case Reading.NotAFile other -> illegible("It is not a file. Move it away.");
      case Reading.NotText binary ->
          illegible("It is not text: %s. Save it as UTF-8 text.".formatted(binary.why()));
      case Reading.TooLarge large ->
          illegible(
              "It has %d bytes, more than %d. Make it smaller."
                  .formatted(large.bytes(), large.limit()));
    };
  }

  private static Defined illegible(String sentence) {
    return new Defined(new RoutineFile(List.of(), List.of(new Problem(null, 1, sentence))), false);
  }
}
