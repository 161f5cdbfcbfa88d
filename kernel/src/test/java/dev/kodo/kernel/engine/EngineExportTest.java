package dev.kodo.kernel.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kodo.kernel.part.PartCommand;
import dev.kodo.kernel.postgres.DatabaseAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineExportTest {
  @TempDir Path folder;
  private Path jar;

  @BeforeEach
  void build() throws IOException {
    jar = Files.writeString(folder.resolve("kodo-exporter.jar"), "jar");
  }

  @Test
  void tellsTheEngineWhereToWriteWithoutShowingThePassword() throws IOException {
    PartCommand command = command(Optional.of(export()));

    assertThat(command.environment())
        .containsEntry("ZEEBE_BROKER_EXPORTERS_KODO_JARPATH", jar.toString())
        .containsEntry("ZEEBE_BROKER_EXPORTERS_KODO_ARGS_PASSWORD", "secret-word")
        .containsEntry("ZEEBE_BROKER_EXPORTERS_KODO_ARGS_ENGINEID", "e-1")
        .containsEntry("ZEEBE_BROKER_EXPORTERS_KODO_ARGS_IGNORED", "kodo-canary")
        .containsEntry("ZEEBE_BROKER_EXPORTERS_KODO_ARGS_RETENTION", "PT168H");
    assertThat(String.join(" ", command.words())).doesNotContain("secret-word");
    assertThat(export().toString()).doesNotContain("secret-word");
  }

  @Test
  void leavesTheEngineAloneWithoutAnExporter() throws IOException {
    assertThat(command(Optional.empty()).environment().keySet())
        .noneMatch(name -> name.contains("EXPORTER"));
  }

  /** It needs no database: without the exporter's role Operate's place is kept all the same. */
  @Test
  void keepsThePlaceOfOperateAlsoWithoutAnExporterOfItsOwn() throws IOException {
    PlaceKeeping keeping =
        new PlaceKeeping(jar, Duration.ofDays(7), folder.resolve("search/missed"));

    assertThat(command(Optional.empty(), Optional.of(keeping)).environment())
        .containsEntry(
            "ZEEBE_BROKER_EXPORTERS_OPENSEARCH_CLASSNAME", "dev.kodo.exporter.PlaceKeeper")
        .containsEntry("ZEEBE_BROKER_EXPORTERS_OPENSEARCH_JARPATH", jar.toString())
        .containsEntry("ZEEBE_BROKER_EXPORTERS_OPENSEARCH_ARGS_PATIENCE", "PT168H")
        .containsEntry("ZEEBE_BROKER_EXPORTERS_OPENSEARCH_ARGS_ROOM", "1073741824")
        .containsEntry(
            "ZEEBE_BROKER_EXPORTERS_OPENSEARCH_ARGS_MARK",
            folder.resolve("search/missed").toString());
  }

  @Test
  void startsTheEngineAnewWithAnExporterThatWasBuiltAnew() throws IOException {
    String before = command(Optional.of(export())).fingerprint();

    Files.setLastModifiedTime(jar, FileTime.fromMillis(1_000_000));

    assertThat(command(Optional.of(export())).fingerprint()).isNotEqualTo(before);
  }

  private PartCommand command(Optional<EngineExport> export) throws IOException {
    return command(export, Optional.empty());
  }

  private PartCommand command(Optional<EngineExport> export, Optional<PlaceKeeping> keeping)
      throws IOException {
    return new EnginePart(
            new EngineSetting(
                new EngineDistribution(folder),
                folder,
                new EnginePorts(1, 2, 3, 4, 5),
                "512m",
                export,
                Optional.empty(),
                keeping))
        .command();
  }

  private EngineExport export() {
    return new EngineExport(
        jar,
        new DatabaseAccess("jdbc:postgresql://127.0.0.1:1/kodo", "kodo_exporter", "secret-word"),
        "e-1",
        Duration.ofDays(7));
  }
}
