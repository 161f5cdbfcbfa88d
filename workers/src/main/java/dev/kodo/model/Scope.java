package dev.kodo.model;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How much of a prompt a model can take.
 *
 * @param model name of provider and model, for a message
 * @param contextTokens what prompt, thoughts and answer may take together; null when nobody knows
 * @param bytesPerToken the least that was seen of this model; null when none was
 * @param answerTokens room for thoughts and answer
 * @param caches false when the provider has read no token of many prompts from a cache
 * @param counter counts where the estimate leaves it open whether a prompt fits
 */
record Scope(
    String model,
    @Nullable Integer contextTokens,
    @Nullable Double bytesPerToken,
    int answerTokens,
    boolean caches,
    Counter counter) {
  /** Everything fits. */
  static final Scope UNKNOWN = new Scope("a model", null, null, 0, true, texts -> Optional.empty());

  /** Up to this context, a model most likely runs at home, where reading takes its time. */
  private static final int SMALL_CONTEXT = 16_384;

  /** Asks how many tokens each of these texts has; empty when that cannot be had. */
  @FunctionalInterface
  interface Counter {
    Optional<List<Integer>> count(List<String> texts);
  }

  /**
   * What is known of a model.
   *
   * @param bound most tokens of the answer
   * @param allRoom whether thoughts may take all that the provider writes, because a call was cut
   *     in its thoughts
   */
  static Scope of(Facts facts, int bound, boolean allRoom, Counter counter) {
    int usual = bound + thoughts(facts);
    int most = facts.maxOutputTokens() == null ? usual : facts.maxOutputTokens();
    // All room must not push the question out of the context.
    int all = Math.max(usual, Math.min(most, Facts.orNone(facts.contextTokens()) / 2));
    return new Scope(
        facts.provider() + "/" + facts.model(),
        facts.contextTokens(),
        facts.bytesPerToken(),
        Math.min(most, allRoom ? all : usual),
        !facts.cache().equals("no"),
        counter);
  }

  /** The guard guesses the room of a model that it does not know yet; a small one may lack it. */
  private static int thoughts(Facts facts) {
    int room = Facts.orNone(facts.thinkRoom());
    @Nullable Integer context = facts.contextTokens();
    return switch (facts.thinks()) {
      case "no" -> 0;
      case "yes" -> room;
      default -> context == null ? room : Math.min(room, context / 4);
    };
  }

  /** How many characters of such a section are shown; a longer one is shown without its middle. */
  int longest(Section.Kind kind) {
    boolean small = contextTokens != null && contextTokens <= SMALL_CONTEXT;
    return switch (kind) {
      case PIECE -> small ? 420 : 1_500;
      case CONTEXT -> small ? 800 : 8_000;
      case FIRM, THEME, RULES, BEAT, FILE, INSTRUCTION -> 8_000;
    };
  }
}
