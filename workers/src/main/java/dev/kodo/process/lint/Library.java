package dev.kodo.process.lint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** Everything that could be read: what is called can be looked up here. */
record Library(List<Diagram> diagrams, Set<String> decisions, Set<String> forms) {
  /** Larger than any diagram a person draws, smaller than what an engine takes in one request. */
  private static final long LARGEST = 1_000_000;

  static Library read(Path processes, Path forms, Consumer<Finding> findings, ModelReader models) {
    DiagramFile diagrams = new DiagramFile(findings, models);
    DecisionFile decisions = new DecisionFile(findings);
    FormFile formFile = new FormFile(findings);
    return new Library(
        each(processes, ".bpmn", diagrams::read, findings).toList(),
        ids(each(processes, ".dmn", decisions::read, findings)),
        ids(each(forms, ".form", formFile::read, findings)));
  }

  boolean hasProcess(String id) {
    return diagrams.stream().anyMatch(diagram -> diagram.holds(id));
  }

  private static Set<String> ids(Stream<String> ids) {
    return ids.collect(HashSet::new, Set::add, Set::addAll);
  }

  private static <T> Stream<T> each(
      Path folder,
      String suffix,
      Function<Source, Optional<T>> reader,
      Consumer<Finding> findings) {
    return filesIn(folder, suffix, findings).stream()
        .flatMap(file -> load(file, findings).stream())
        .flatMap(source -> reader.apply(source).stream());
  }

  private static List<Path> filesIn(Path folder, String suffix, Consumer<Finding> findings) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().endsWith(suffix)).sorted().toList();
    } catch (IOException missing) {
      findings.accept(
          unreadable(
              folder,
              "The folder %s cannot be read. Restore it from the installation.".formatted(folder)));
      return List.of();
    }
  }

  private static Optional<Source> load(Path file, Consumer<Finding> findings) {
    try {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        findings.accept(unreadable(file, "This is not a plain file. Put the diagram itself here."));
      } else if (Files.size(file) > LARGEST) {
        findings.accept(
            unreadable(
                file,
                "The file has %d bytes; the most is %d. Split the diagram."
                    .formatted(Files.size(file), LARGEST)));
      } else {
        return Optional.of(new Source(file.getFileName().toString(), Files.readAllBytes(file)));
      }
    } catch (IOException refused) {
      findings.accept(
          unreadable(
              file,
              "The file cannot be read (%s). Check its permissions."
                  .formatted(refused.getMessage())));
    }
    return Optional.empty();
  }

  private static Finding unreadable(Path file, String message) {
    String name = String.valueOf(file.getFileName());
    return new Finding(name, name, Rule.READABLE, message);
  }
}
