package dev.kodo.model;

import dev.kodo.model.http.EndpointRefused;
import dev.kodo.model.http.Words;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is known of the way in which one model wants to be spoken to.
 *
 * @param refused words that make its server refuse a call
 * @param ignored keywords of schemas that an answer of it has broken
 */
record Dialect(Set<String> refused, Set<String> ignored) {
  static final Dialect USUAL = new Dialect(Set.of(), Set.of());

  /** Lengths and bounds of numbers in a schema. */
  private static final String SCHEMA_LIMITS = "schema-limits";

  private static final String SCHEMA = "schema";
  private static final String MAX_TOKENS = "max_tokens";
  private static final String STREAM_OPTIONS = "stream_options";

  Dialect {
    refused = Set.copyOf(refused);
    ignored = Set.copyOf(ignored);
  }

  Words words() {
    return new Words(refused.contains(MAX_TOKENS), !refused.contains(STREAM_OPTIONS));
  }

  SchemaLevel schemaLevel() {
    if (refused.contains(SCHEMA)) {
      return SchemaLevel.NONE;
    }
    return refused.contains(SCHEMA_LIMITS) ? SchemaLevel.PLAIN : SchemaLevel.FULL;
  }

  /** Whether a schema is sent, and no answer has broken one. */
  boolean keepsToSchemas() {
    return schemaLevel() != SchemaLevel.NONE && ignored.isEmpty();
  }

  /**
   * What to try next after a refusal; empty when it is about something else, or all was tried.
   *
   * @param limits whether the schema of the call has lengths or bounds that could be left out
   */
  Optional<Dialect> after(EndpointRefused refusal, boolean limits) {
    if (!refused.contains(MAX_TOKENS) && refusal.mentions("max_completion_tokens")) {
      return Optional.of(without(MAX_TOKENS));
    }
    if (!refused.contains(STREAM_OPTIONS) && refusal.mentions(STREAM_OPTIONS)) {
      return Optional.of(without(STREAM_OPTIONS));
    }
    SchemaLevel sent = schemaLevel();
    if (sent == SchemaLevel.NONE || !refusal.mayBeAboutTheForm()) {
      return Optional.empty();
    }
    return Optional.of(without(sent == SchemaLevel.FULL && limits ? SCHEMA_LIMITS : SCHEMA));
  }

  private Dialect without(String word) {
    Set<String> more = new HashSet<>(refused);
    more.add(word);
    return new Dialect(more, ignored);
  }

  /** For people: {@code refused: schema; ignored: maxLength}; empty when nothing is known. */
  String told() {
    String first = told("refused", refused);
    String second = told("ignored", ignored);
    return first.isEmpty() || second.isEmpty() ? first + second : first + "; " + second;
  }

  private static String told(String finding, Collection<String> words) {
    return words.isEmpty() ? "" : finding + ": " + String.join(", ", new TreeSet<>(words));
  }
}
