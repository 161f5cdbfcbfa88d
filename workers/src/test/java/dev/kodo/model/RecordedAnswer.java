package dev.kodo.model;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a real server sent, and what has to become of it.
 *
 * @param name says what is odd about it
 * @param contract id of the purpose
 * @param server which one, with its version and its model
 * @param schema what was sent along: full, plain or none
 * @param choices by component, the values that were permitted
 * @param limits by component, the largest number that was permitted
 * @param repair the answer to the repair, null when there was none
 * @param expect fits, repaired, table, kept or nothing
 * @param cut why a kept body ends before its end
 * @param value what may reach a file, letter by letter; null when nothing may
 */
record RecordedAnswer(
    String name,
    String contract,
    String server,
    String schema,
    Map<String, List<String>> choices,
    Map<String, Integer> limits,
    Said answer,
    @Nullable Said repair,
    @Nullable String expect,
    @Nullable String cut,
    @Nullable JsonNode value) {
  private static final Path FOLDER = Path.of("src/test/resources/answers");

  /**
   * One answer.
   *
   * @param cut as in {@link RawAnswer}
   * @param thoughts what came beside the answer; never part of it
   */
  record Said(@Nullable String cut, String text, @Nullable String thoughts) {}

  static Stream<RecordedAnswer> all() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .sorted()
          .flatMap(RecordedAnswer::in)
          .toList()
          .stream();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Stream<RecordedAnswer> in(Path file) {
    try {
      return ModelFixture.JSON
          .readValue(Files.readString(file), new TypeReference<List<RecordedAnswer>>() {})
          .stream();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(file + " cannot be read", unreadable);
    }
  }

  Purpose purpose() {
    return Stream.of(Purpose.values())
        .filter(purpose -> purpose.id().equals(contract))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no purpose " + contract));
  }

  boolean thinks() {
    return answer.thoughts() != null || answer.text().contains("<think>");
  }

  boolean isCutInItsThoughts() {
    return thinks() && answer.cut() != null && !answer.text().contains("{");
  }

  /** What today's code makes of it. */
  Outcome judged(Contract<?> judge) {
    return judgedBy(judge);
  }

  private <A extends Record> Outcome judgedBy(Contract<A> judge) {
    Question<A> question = question(judge);
    Reading<A> first = read(answer, question);
    if (first instanceof Reading.Valid<A> valid) {
      return outcome(valid.cut() == null ? "fits" : "kept", valid);
    }
    if (repair != null && read(repair, question) instanceof Reading.Valid<A> valid) {
      return outcome("repaired", valid);
    }
    boolean table = judge.otherwise() == Contract.Otherwise.TABLE;
    return new Outcome(table ? "table" : "nothing", null, null);
  }

  private static Outcome outcome(String verdict, Reading.Valid<?> valid) {
    return new Outcome(
        verdict,
        valid.cut() == null ? null : valid.cut().word(),
        ModelFixture.JSON.valueToTree(valid.value()));
  }

  /** The question with the sections that it always has, as far as their names count. */
  private <A extends Record> Question<A> question(Contract<A> judge) {
    Question<A> question =
        new Question<>(
            judge,
            ModelFixture.HEARTBEAT,
            Contracts.of(purpose()).words(),
            Stream.of("Theme", "Expert context", "Rules", "Recent beats", "Recent artifacts")
                .map(section -> new Section(section, ""))
                .toList());
    for (Map.Entry<String, List<String>> choice : choices.entrySet()) {
      question = question.offering(choice.getKey(), choice.getValue());
    }
    for (Map.Entry<String, Integer> limit : limits.entrySet()) {
      question = question.atMost(limit.getKey(), limit.getValue());
    }
    return question;
  }

  private <A extends Record> Reading<A> read(Said said, Question<A> question) {
    RawAnswer raw =
        new RawAnswer(
            contract,
            said.text(),
            null,
            said.cut(),
            said.text().isEmpty(),
            0,
            0,
            null,
            null,
            null,
            null,
            schema,
            0,
            new ModelDescription("recorded", "recorded", false, null));
    return new AnswerReader().read(raw, question);
  }

  /**
   * What became of an answer.
   *
   * @param value null when nothing may reach a file
   */
  record Outcome(String expect, @Nullable String cut, @Nullable JsonNode value) {}

  @Override
  public String toString() {
    return contract + ": " + name;
  }
}
