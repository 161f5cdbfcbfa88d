package dev.kodo.kernel.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kodo.kernel.part.PartLauncher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderRemovalTest {
  private static final int ROUNDS = 40;
  private static final int FOLDERS = 200;
  private static final Map<String, Integer> RENAMEAT2 = Map.of("amd64", 316, "aarch64", 276);

  @TempDir Path folder;

  @Test
  void removesAllAndFollowsNoLink() throws IOException {
    Path kept = Files.writeString(folder.resolve("kept"), "text");
    Path gone = folder.resolve("gone");
    Files.createDirectories(gone.resolve("a/b"));
    Files.writeString(gone.resolve("a/b/file"), "text");
    Files.createSymbolicLink(gone.resolve("a/out"), folder);

    FolderRemoval.remove(gone);
    FolderRemoval.remove(gone);

    assertThat(gone).doesNotExist();
    assertThat(kept).hasContent("text");
  }

  /**
   * As a program would that wants the kernel to remove somebody else's files: it exchanges folders
   * for links, with a call of the system that has no gap in which neither is there.
   */
  @Test
  void isNotLedAwayByALinkThatComesMeanwhile() throws Exception {
    assumeTrue(RENAMEAT2.containsKey(System.getProperty("os.arch")), "the call's number");
    assumeTrue(PartLauncher.onPath("perl").isPresent(), "perl");
    Path home = Files.createDirectory(folder.resolve("home"));
    Path kept = Files.writeString(home.resolve("f"), "x");
    for (int round = 0; round < ROUNDS; round++) {
      Path gone = Files.createDirectory(folder.resolve("gone" + round));
      for (int i = 0; i < FOLDERS; i++) {
        Files.createDirectory(gone.resolve("d" + i));
        Files.createSymbolicLink(gone.resolve("l" + i), home);
      }
      Process thief = exchange(gone);
      try {
        thief.getInputStream().read();
        FolderRemoval.remove(gone);
      } catch (IOException disturbed) {
        // To give up is allowed.
      } finally {
        thief.destroyForcibly().waitFor();
      }
      assertThat(kept).as("round %d", round).exists();
    }
  }

  private static Process exchange(Path gone) throws IOException {
    String script =
        """
        $| = 1; print "x";
        while (1) { for my $i (0..%d) { syscall(%d, -100, "d$i", -100, "l$i", 2) } }
        """
            .formatted(FOLDERS - 1, RENAMEAT2.get(System.getProperty("os.arch")));
    return new ProcessBuilder("perl", "-e", script).directory(gone.toFile()).start();
  }
}
