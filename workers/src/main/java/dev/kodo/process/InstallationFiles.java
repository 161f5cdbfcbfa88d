package dev.kodo.process;

import dev.kodo.config.KodoProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** The diagrams, decision tables and forms in the installation's folder. */
@Component
class InstallationFiles {
  private static final List<String> EXTENSIONS = List.of(".bpmn", ".dmn", ".form");

  private final Path installation;
  private final Map<Path, Seen> seen = new ConcurrentHashMap<>();

  InstallationFiles(KodoProperties properties) {
    this.installation = properties.installation();
  }

  private record Seen(FileTime modified, long size, Resource resource) {}

  Path processes() {
    return installation.resolve("processes");
  }

  Path forms() {
    return installation.resolve("forms");
  }

  /** All files as they are now; one that vanishes meanwhile is absent. */
  List<Resource> read() {
    return paths().flatMap(file -> read(file).stream()).toList();
  }

  /**
   * All files, each read again only when its size or its time of change differ from the last look:
   * cheap enough to ask for every second, but blind to a change that keeps both.
   */
  List<Resource> glance() {
    return paths().flatMap(file -> glance(file).stream()).toList();
  }

  private Optional<Resource> glance(Path file) {
    Seen last = seen.get(file);
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      if (last != null
          && last.size() == now.size()
          && last.modified().equals(now.lastModifiedTime())) {
        return Optional.of(last.resource());
      }
      return read(file);
    } catch (NoSuchFileException vanished) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read " + file, e);
    }
  }

  private Optional<Resource> read(Path file) {
    try {
      // The time is taken first: a change during the reading is then seen at the next glance.
      BasicFileAttributes before = Files.readAttributes(file, BasicFileAttributes.class);
      byte[] bytes = Files.readAllBytes(file);
      Resource resource = Resource.of(file.getFileName().toString(), bytes);
      seen.put(file, new Seen(before.lastModifiedTime(), bytes.length, resource));
      return Optional.of(resource);
    } catch (NoSuchFileException vanished) {
      seen.remove(file);
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read " + file, e);
    }
  }

  private Stream<Path> paths() {
    return Stream.of(processes(), forms()).flatMap(folder -> list(folder).stream());
  }

  /** To be overridden by a test that lets a file vanish between the list and the look. */
  List<Path> list(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(file -> EXTENSIONS.stream().anyMatch(file.getFileName().toString()::endsWith))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Expected the diagrams in " + folder + " but could not read it.", e);
    }
  }
}
