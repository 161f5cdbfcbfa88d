package dev.kodo.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model is asked.
 *
 * @param heartbeatId the beat, or the run of a routine, on whose account the call is made
 * @param instruction what to do, in Kodo's own words
 * @param sections the material
 * @param answerType record that the answer must fit; its compact constructor validates
 * @param allowance limits of that account, null where only the configured caps count
 */
public record Question<A extends Record>(
    Purpose purpose,
    String heartbeatId,
    String instruction,
    List<Section> sections,
    Class<A> answerType,
    @Nullable Allowance allowance) {
  public Question {
    sections = List.copyOf(sections);
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
}
