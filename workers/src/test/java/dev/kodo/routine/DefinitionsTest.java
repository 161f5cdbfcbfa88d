package dev.kodo.routine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kodo.audit.AuditTrail;
import dev.kodo.workspace.Workspaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The status of an agent asks for its routines at any time, whatever state the folder is in. */
class DefinitionsTest {
  @TempDir Path folder;

  @Test
  void knowsNothingBeforeTheFirstBeatPreparesTheWorkspace() {
    Definitions.Defined defined = definitions().read("main");

    assertThat(defined.file().routines()).isEmpty();
    assertThat(defined.file().problems()).isEmpty();
    assertThat(defined.legible()).isFalse();
  }

  @Test
  void tellsOfAFileThatLeadsOutOfTheWorkspace() throws IOException {
    Path outside = Files.writeString(folder.resolve("outside.yml"), "news: {}");
    Files.createDirectories(folder.resolve("main"));
    Files.createSymbolicLink(folder.resolve("main").resolve(RoutineFile.PATH), outside);

    Definitions.Defined defined = definitions().read("main");

    assertThat(defined.legible()).isFalse();
    assertThat(defined.file().problems())
        .singleElement()
        .satisfies(
            problem -> assertThat(problem.sentence()).contains("leads out of the workspace"));
  }

  @Test
  void readsAWorkspaceWithoutTheFileAsNoRoutines() {
    new Workspaces(folder, Clock.systemUTC(), AuditTrail.NONE).of("main").prepare();

    Definitions.Defined defined = definitions().read("main");

    assertThat(defined.legible()).isTrue();
    assertThat(defined.file().routines()).isEmpty();
  }

  private Definitions definitions() {
    return new Definitions(new Workspaces(folder, Clock.systemUTC(), AuditTrail.NONE));
  }
}
