package dev.kodo.kernel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreshStartTest {
  @TempDir Path folder;

  private Path home;
  private Path lock;

  @BeforeEach
  void leaveTraces() throws IOException {
    home = Files.createDirectories(folder.resolve("home"));
    lock = write(home.resolve("run/kernel.lock"));
    write(home.resolve("run/state.json"));
    write(home.resolve("data/postgres/PG_VERSION"));
  }

  @Test
  void wipesTheConfiguredWorkspaceInsideTheHome() throws Exception {
    configure("workspace.path: KODO_HOME/desk");
    Path note = write(home.resolve("desk/main/note.md"));
    Object inode = Files.getAttribute(lock, "unix:ino");

    wipe();

    assertThat(note).doesNotExist();
    assertThat(home.resolve("data")).doesNotExist();
    assertThat(home.resolve("run")).isDirectoryNotContaining(file -> !file.equals(lock));
    assertThat(Files.getAttribute(lock, "unix:ino")).as("the same lock").isEqualTo(inode);
  }

  @Test
  void namesWhatItDoesNotWipe() throws Exception {
    Path workspace = folder.resolve("outside");
    Path note = write(workspace.resolve("note.md"));
    configure(
        "workspace.path: " + workspace + "\ndatabase.url: jdbc:postgresql://db.example:5432/kodo");

    String out = wipe();

    assertThat(note).exists();
    assertThat(out).contains("Not wiped: the workspace " + workspace).contains("db.example");
  }

  @Test
  void neverWipesTheHomeItselfAsAWorkspace() throws Exception {
    configure("workspace.path: KODO_HOME");

    assertThat(wipe()).contains("Not wiped: the workspace " + home);
    assertThat(home.resolve("kodo.yml")).exists();
  }

  private String wipe() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new FreshStart(CommandRun.session(home, new byte[0], out, out)).wipe(true);
    return out.toString(StandardCharsets.UTF_8);
  }

  private void configure(String settings) throws IOException {
    Files.writeString(home.resolve("kodo.yml"), settings + "\n");
  }

  private static Path write(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "x");
  }
}
