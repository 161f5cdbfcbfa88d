package dev.kodo.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether the front of a prompt is marked for Anthropic's cache. To write it costs 1.25
 * times the usual price, to read it 0.1 times: a mark pays as soon as one more call begins with the
 * same front while the cache lives.
 *
 * <p>That is so for a choice, which the work of the same beat follows within seconds. It is not so
 * for the next beat, which comes after the cache has died and begins with a longer front. And it is
 * not so where a schema is sent beside the prompt: the provider puts it in front of everything, so
 * that a choice and a work have no front in common.
 */
final class CacheMark {
  private static final Duration LIFE = Duration.ofMinutes(5);

  /** The provider writes nothing shorter; some of its models want up to four times as much. */
  private static final int LEAST_TOKENS = 1_024;

  private static final double USUAL_BYTES_PER_TOKEN = 4;

  private final Clock clock;
  private String marked = "";
  private Instant until = Instant.MIN;

  CacheMark(Clock clock) {
    this.clock = clock;
  }

  /**
   * How many characters of the first turn are marked; 0 for none.
   *
   * @param schemaSent whether the schema of the answer is sent beside the prompt
   * @param priced whether the guard knows the price of a written token; it refuses a mark otherwise
   * @param bytesPerToken the least seen of this model; null when none was
   */
  synchronized int length(
      Prompt prompt,
      Purpose purpose,
      boolean schemaSent,
      boolean priced,
      @Nullable Double bytesPerToken) {
    String front = prompt.system() + prompt.turns().getFirst().substring(0, prompt.lasting());
    double ratio = bytesPerToken == null ? USUAL_BYTES_PER_TOKEN : bytesPerToken;
    boolean readSoon = purpose == Purpose.CHOOSE_ACTIVITY || isAlive(front);
    if (schemaSent
        || !priced
        || !readSoon
        || prompt.lasting() == 0
        || front.getBytes(UTF_8).length / ratio < LEAST_TOKENS) {
      return 0;
    }
    marked = front;
    until = clock.instant().plus(LIFE);
    return prompt.lasting();
  }

  private boolean isAlive(String front) {
    return marked.equals(front) && clock.instant().isBefore(until);
  }
}
