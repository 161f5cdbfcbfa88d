package dev.kodo.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a model is asked.
 *
 * @param heartbeatId the beat, or the run of a routine, on whose account the call is made
 * @param instruction what to do, in Kodo's own words
 * @param sections the material
 * @param choices by the name of a component with {@link Choice}, the values permitted now
 * @param limits by the name of a component with {@link Between}, the largest value permitted now
 * @param allowance limits of that account, null where only the configured caps count
 * @param fault why an answer that fits its type cannot be used all the same: the end of a sentence
 *     that begins with "The answer", in Kodo's own words, since the model gets to read it; empty
 *     when it can
 * @param doubt why another answer would be better, in the same words; the first answer is then
 *     asked for anew, and the second one counts
 */
public record Question<A extends Record>(
    Contract<A> contract,
    String heartbeatId,
    String instruction,
    List<Section> sections,
    Map<String, List<String>> choices,
    Map<String, Integer> limits,
    @Nullable Allowance allowance,
    Function<A, Optional<String>> fault,
    Function<A, Optional<String>> doubt) {
  public Question {
    sections = List.copyOf(sections);
    choices = Map.copyOf(choices);
    limits = Map.copyOf(limits);
  }

  /** A question of a beat that takes every answer of its contract. */
  public Question(
      Contract<A> contract, String heartbeatId, String instruction, List<Section> sections) {
    this(
        contract,
        heartbeatId,
        instruction,
        sections,
        Map.of(),
        Map.of(),
        null,
        answer -> Optional.empty(),
        answer -> Optional.empty());
  }

  public Purpose purpose() {
    return contract.purpose();
  }

  public Class<A> answerType() {
    return contract.answerType();
  }

  /** The same question, where one of these values has to be chosen for a component. */
  public Question<A> offering(String component, List<String> values) {
    Map<String, List<String>> all = new HashMap<>(choices);
    all.put(component, List.copyOf(values));
    return new Question<>(
        contract, heartbeatId, instruction, sections, all, limits, allowance, fault, doubt);
  }

  /** The same question, where a number must not be larger than this. */
  public Question<A> atMost(String component, int most) {
    Map<String, Integer> all = new HashMap<>(limits);
    all.put(component, most);
    return new Question<>(
        contract, heartbeatId, instruction, sections, choices, all, allowance, fault, doubt);
  }

  /** The same question on an account with limits of its own. */
  public Question<A> within(Allowance limited) {
    return new Question<>(
        contract, heartbeatId, instruction, sections, choices, limits, limited, fault, doubt);
  }

  /** The same question, where not every answer of its contract will do. */
  public Question<A> refusing(Function<A, Optional<String>> unfit) {
    return new Question<>(
        contract, heartbeatId, instruction, sections, choices, limits, allowance, unfit, doubt);
  }

  /** The same question, where some answers are asked for anew, once. */
  public Question<A> doubting(Function<A, Optional<String>> unsure) {
    return new Question<>(
        contract, heartbeatId, instruction, sections, choices, limits, allowance, fault, unsure);
  }
}
