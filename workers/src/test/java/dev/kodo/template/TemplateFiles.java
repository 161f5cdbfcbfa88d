package dev.kodo.template;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kodo.process.scenario.ProjectFiles;
import dev.kodo.worker.JobStep;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The element templates in {@code processes/element-templates}, as they are and as they should be.
 */
final class TemplateFiles {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path FOLDER = ProjectFiles.processes().resolve("element-templates");

  private TemplateFiles() {}

  /** Texts of the committed files, by file name. */
  static Map<String, String> committed() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .collect(
              Collectors.toMap(
                  file -> file.getFileName().toString(),
                  TemplateFiles::text,
                  (one, other) -> one,
                  TreeMap::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the steps declare, by file name. A template that changes gets the next version. */
  static Map<String, String> generated(List<JobStep<?, ?>> steps, Map<String, String> committed) {
    Map<String, String> meanings = VariableTable.read();
    Map<String, String> generated = new TreeMap<>();
    for (JobStep<?, ?> step : steps) {
      String name = step.type() + ".json";
      ElementTemplate template = new ElementTemplate(step, meanings, icon(step.type()));
      generated.put(name, text(template, committed.get(name)));
    }
    return generated;
  }

  private static String text(ElementTemplate template, @Nullable String committed) {
    try {
      int version = committed == null ? 1 : JSON.readTree(committed).path("version").asInt(1);
      String same = text(template.json(version));
      return committed == null || committed.equals(same) ? same : text(template.json(version + 1));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** Writes what is missing or differs, and removes what no step declares any more. */
  static void write(Map<String, String> generated) throws IOException {
    for (String gone : committed().keySet()) {
      if (!generated.containsKey(gone)) {
        Files.delete(FOLDER.resolve(gone));
      }
    }
    for (Map.Entry<String, String> file : generated.entrySet()) {
      Files.writeString(FOLDER.resolve(file.getKey()), file.getValue());
    }
  }

  static ObjectNode parse(String text) {
    try {
      return (ObjectNode) JSON.readTree(text);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** The picture of the step's feature, drawn for Kodo. */
  private static String icon(String type) {
    Path file = FOLDER.resolve("icons").resolve(type.replaceFirst("-.*", "") + ".svg");
    return "data:image/svg+xml;base64,"
        + Base64.getEncoder().encodeToString(text(file).strip().getBytes(StandardCharsets.UTF_8));
  }

  private static String text(JsonNode template) throws IOException {
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter(
                Separators.createDefaultInstance()
                    .withObjectFieldValueSpacing(Separators.Spacing.AFTER))
            .withArrayIndenter(new DefaultIndenter("  ", "\n"));
    printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
    return JSON.writer(printer).writeValueAsString(template) + "\n";
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
