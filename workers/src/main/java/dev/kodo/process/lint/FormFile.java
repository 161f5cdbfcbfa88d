package dev.kodo.process.lint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads and checks a {@code .form} file; its answer is the id of the form. */
record FormFile(Consumer<Finding> findings) {
  private static final ObjectMapper JSON = new ObjectMapper();

  Optional<String> read(Source source) {
    try {
      JsonNode form = JSON.readTree(source.content());
      if (!form.path("components").isArray()) {
        findings.accept(source.unreadable("Camunda form", "it has no components"));
        return Optional.empty();
      }
      return Optional.of(checkedId(source, form.path("id").asText("")));
    } catch (IOException broken) {
      findings.accept(
          source.unreadable(
              "Camunda form",
              String.valueOf(broken.getMessage()).lines().findFirst().orElse("no JSON")));
      return Optional.empty();
    }
  }

  private String checkedId(Source source, String id) {
    if (!id.equals(source.promisedId()) || !source.hasKebabName()) {
      findings.accept(
          source.finding(
              id,
              Rule.FILE_NAME,
              "The form id is '%s' but the file is %s. Give both the same kebab-case name."
                  .formatted(id, source.file())));
    }
    return id;
  }
}
