package dev.kodo.model;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The file in which the kernel tells which providers answer for which class, in order of
 * preference. It holds no key: all addresses are the guard's.
 */
final class ModelsFile {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private ModelsFile() {}

  /** Which wire format a provider speaks. */
  enum Kind {
    OPENAI,
    ANTHROPIC,
    OLLAMA,
    REHEARSAL
  }

  /**
   * One model of one provider.
   *
   * @param baseUrl the provider's address at the guard; null for the rehearsal
   * @param timeout null for the usual one
   * @param maxOutputTokens null for the usual number
   * @param loadTimeout how long the guard waits for the model to be loaded; null for the usual time
   * @param streams null for true
   */
  record Entry(
      String provider,
      Kind kind,
      String model,
      @Nullable String baseUrl,
      @Nullable Duration timeout,
      @Nullable Integer maxOutputTokens,
      @Nullable Duration loadTimeout,
      @Nullable Boolean streams) {}

  private record Content(@Nullable Map<String, List<Entry>> classes) {}

  /**
   * The providers of each class that the file names.
   *
   * @throws IllegalStateException with what is wrong
   */
  static Map<ModelClass, List<Entry>> read(Path file) {
    Map<ModelClass, List<Entry>> classes = new EnumMap<>(ModelClass.class);
    content(file)
        .forEach(
            (id, entries) ->
                classes.put(
                    ModelClass.find(id)
                        .orElseThrow(() -> wrong(file, "there is no class '" + id + "'")),
                    checked(file, id, entries)));
    if (!classes.containsKey(ModelClass.BEST)) {
      throw wrong(file, "the class 'best' is missing");
    }
    return classes;
  }

  private static Map<String, List<Entry>> content(Path file) {
    try {
      @Nullable Content content = JSON.readValue(file.toFile(), Content.class);
      if (content == null || content.classes() == null) {
        throw wrong(file, "it names no classes");
      }
      return content.classes();
    } catch (IOException unreadable) {
      throw new IllegalStateException(
          "The models file %s cannot be read (%s). The kernel writes it: start Kodo with kodo up."
              .formatted(file, unreadable.getClass().getSimpleName()),
          unreadable);
    }
  }

  private static List<Entry> checked(Path file, String id, @Nullable List<Entry> entries) {
    if (entries == null || entries.isEmpty()) {
      throw wrong(file, "the class '" + id + "' has no provider");
    }
    for (Entry entry : entries) {
      if (entry == null || blank(entry.provider()) || blank(entry.model()) || kindless(entry)) {
        throw wrong(
            file, "a provider of the class '" + id + "' lacks its name, its kind or its model");
      }
      if (entry.kind() == Kind.REHEARSAL && entries.size() > 1) {
        throw wrong(
            file,
            "the class '" + id + "' mixes the rehearsal with models; it never stands in for one");
      }
      if (entry.kind() != Kind.REHEARSAL && blank(entry.baseUrl())) {
        throw wrong(file, "the provider '" + entry.provider() + "' lacks its baseUrl");
      }
    }
    return List.copyOf(entries);
  }

  /** Jackson leaves components null whatever their declaration says. */
  @SuppressWarnings("ConstantValue")
  private static boolean kindless(Entry entry) {
    return entry.kind() == null;
  }

  private static boolean blank(@Nullable String text) {
    return text == null || text.isBlank();
  }

  private static IllegalStateException wrong(Path file, String what) {
    return new IllegalStateException(
        "The models file %s cannot be used: %s. Correct models.yml; its format is in docs/models.md."
            .formatted(file, what));
  }
}
