package dev.kodo.model;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a model is asked.
 *
 * @param heartbeatId the beat, or the run of a routine, on whose account the call is made
 * @param instruction what to do, in Kodo's own words
 * @param sections the material
 * @param answerType record that the answer must fit; its compact constructor validates
 * @param allowance limits of that account, null where only the configured caps count
 * @param fault why an answer that fits its type cannot be used all the same: the end of a sentence
 *     that begins with "The answer", in Kodo's own words, since the model gets to read it; empty
 *     when it can
 */
public record Question<A extends Record>(
    Purpose purpose,
    String heartbeatId,
    String instruction,
    List<Section> sections,
    Class<A> answerType,
    @Nullable Allowance allowance,
    Function<A, Optional<String>> fault) {
  public Question {
    sections = List.copyOf(sections);
  }

  /** A question that takes every answer of its type. */
  public Question(
      Purpose purpose,
      String heartbeatId,
      String instruction,
      List<Section> sections,
      Class<A> answerType,
      @Nullable Allowance allowance) {
    this(
        purpose,
        heartbeatId,
        instruction,
        sections,
        answerType,
        allowance,
        answer -> Optional.empty());
  }

  /** A question of a beat. */
  public Question(
      Purpose purpose,
      String heartbeatId,
      String instruction,
      List<Section> sections,
      Class<A> answerType) {
    this(purpose, heartbeatId, instruction, sections, answerType, null);
  }

  /** The same question, where not every answer of its type will do. */
  public Question<A> refusing(Function<A, Optional<String>> fault) {
    return new Question<>(
        purpose, heartbeatId, instruction, sections, answerType, allowance, fault);
  }
}
