package dev.kodo.model;

import java.util.List;

/**
 * What a model is asked.
 *
 * @param heartbeatId the beat on whose account the call is made
 * @param instruction what to do, in Kodo's own words
 * @param sections the material
 * @param answerType record that the answer must fit; its compact constructor validates
 */
public record Question<A extends Record>(
    Purpose purpose,
    String heartbeatId,
    String instruction,
    List<Section> sections,
    Class<A> answerType) {
  public Question {
    sections = List.copyOf(sections);
  }
}
