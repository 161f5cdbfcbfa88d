package dev.kodo.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kodo.testing.TestProperties;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationFilesTest {
  private static final FileTime THEN = FileTime.from(Instant.parse("2026-01-31T09:30:00Z"));
  private static final FileTime LATER = FileTime.from(Instant.parse("2026-01-31T09:30:01Z"));

  @TempDir Path installation;

  @BeforeEach
  void folders() throws IOException {
    Files.createDirectories(installation.resolve("processes"));
    Files.createDirectories(installation.resolve("forms"));
  }

  @Test
  void takesAFileThatVanishesAfterTheListForAbsent() throws IOException {
    put("a.bpmn", "1", THEN);
    InstallationFiles files =
        new InstallationFiles(TestProperties.in(installation, settings())) {
          @Override
          List<Path> list(Path folder) {
            return Stream.concat(
                    super.list(folder).stream(), Stream.of(folder.resolve("vanished.bpmn")))
                .toList();
          }
        };

    assertThat(files.read()).extracting(Resource::name).containsExactly("a.bpmn");
    assertThat(files.glance()).extracting(Resource::name).containsExactly("a.bpmn");
  }

  @Test
  void hashesAFileAgainOnlyWhenItChanged() throws IOException {
    InstallationFiles files = new InstallationFiles(TestProperties.in(installation, settings()));
    put("a.bpmn", "1", THEN);
    Resource first = files.glance().getFirst();

    assertThat(files.glance().getFirst()).as("untouched").isSameAs(first);

    put("a.bpmn", "2", LATER);
    assertThat(files.glance().getFirst().sha256()).as("a new time").isNotEqualTo(first.sha256());

    put("a.bpmn", "33", LATER);
    assertThat(files.glance().getFirst().bytes()).as("a new size").hasSize(2);

    put("a.bpmn", "44", LATER);
    assertThat(files.read().getFirst().bytes())
        .as("read")
        .isEqualTo("44".getBytes(StandardCharsets.UTF_8));
  }

  private Map<String, String> settings() {
    return Map.of("kodo.installation", installation.toString());
  }

  private void put(String name, String text, FileTime modified) throws IOException {
    Path file = Files.writeString(installation.resolve("processes").resolve(name), text);
    Files.setLastModifiedTime(file, modified);
  }
}
