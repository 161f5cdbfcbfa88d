package dev.kodo.kernel.theme;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThemeboxTest {
  @TempDir Path folder;

  @Test
  void worksOnAFileSystemWithoutHardLinksAndStillReplacesNothing() throws Exception {
    Themebox.Linking none =
        (newName, existing) -> {
          throw new FileSystemException(newName.toString(), null, "Operation not permitted");
        };
    Path theme = folder.resolve("bees.md");

    assertThat(Themebox.appears(draft("first"), theme, none)).isTrue();
    assertThat(Themebox.appears(draft("second"), theme, none)).isFalse();
    assertThat(theme).hasContent("first");
  }

  private Path draft(String text) throws Exception {
    return Files.writeString(folder.resolve("draft.tmp"), text);
  }
}
