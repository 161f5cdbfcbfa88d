package dev.kodo.process.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kodo.process.scenario.ProjectFiles;
import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A copy of the real files, to plant violations in. */
record PlantedFiles(Path processes, Path forms) {
  /** All files but the planted one are the same each time, and no rule changes a model. */
  private static final Map<ByteBuffer, BpmnModelInstance> READ = new ConcurrentHashMap<>();

  static PlantedFiles copyTo(Path folder) throws IOException {
    PlantedFiles files = new PlantedFiles(folder.resolve("processes"), folder.resolve("forms"));
    copy(ProjectFiles.processes(), files.processes());
    copy(ProjectFiles.forms(), files.forms());
    return files;
  }

  /** Edits one file, and makes sure that the edit did something. */
  void edit(String name, UnaryOperator<String> change) {
    try {
      Path file = path(name);
      String before = Files.readString(file);
      String after = change.apply(before);
      assertThat(after).as("the edit of %s", name).isNotEqualTo(before);
      Files.writeString(file, after);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  void write(String name, String content) throws IOException {
    write(name, content.getBytes(StandardCharsets.UTF_8));
  }

  void write(String name, byte[] content) throws IOException {
    Files.write(path(name), content);
  }

  void delete(String name) throws IOException {
    Files.delete(path(name));
  }

  Path path(String name) {
    return (name.endsWith(".form") ? forms : processes).resolve(name);
  }

  List<Finding> check(Wiring wiring) {
    return DiagramLint.check(
        processes,
        forms,
        wiring,
        content ->
            READ.computeIfAbsent(
                ByteBuffer.wrap(content), each -> ModelReader.FRESH.read(content)));
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, to.resolve(file.getFileName().toString()));
      }
    }
  }
}
