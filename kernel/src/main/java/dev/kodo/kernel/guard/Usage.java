package dev.kodo.kernel.guard;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** What an answer says about its own tokens, beside how much text really came. Not thread-safe. */
final class Usage {
  private @Nullable Integer input;
  private @Nullable Integer output;
  private boolean nonsense;
  private final TokenFloor floor = new TokenFloor();

  /** The highest report counts: streams report sums, which never fall. */
  void input(JsonNode... parts) {
    input = sum(parts, input);
  }

  void output(JsonNode... parts) {
    output = sum(parts, output);
  }

  private @Nullable Integer sum(JsonNode[] parts, @Nullable Integer known) {
    long sum = 0;
    boolean reported = false;
    for (JsonNode part : parts) {
      if (part.isMissingNode() || part.isNull()) {
        continue;
      }
      if (!part.isIntegralNumber() || !part.canConvertToInt() || part.intValue() < 0) {
        nonsense = true;
        return known;
      }
      reported = true;
      sum += part.intValue();
    }
    if (sum > Integer.MAX_VALUE) {
      nonsense = true;
      return known;
    }
    return reported ? Integer.valueOf(Math.max((int) sum, known == null ? 0 : known)) : known;
  }

  /** Counts text that the model wrote. */
  void text(JsonNode... texts) {
    for (JsonNode text : texts) {
      if (text.isTextual()) {
        floor.add(text.textValue());
      }
    }
  }

  /** What the call has shown, as far as the answer says it. */
  Measured measured(Ended ended, int status) {
    Measured.Tokens tokens =
        new Measured.Tokens(
            input != null && output != null && !nonsense, input, null, null, output, null);
    return new Measured(ended, status, null, tokens, 0, 0, null, null, null, null, null);
  }

  /** The report cannot be trusted, whatever its numbers are. */
  void nonsense() {
    nonsense = true;
  }

  boolean isNonsense() {
    return nonsense;
  }

  @Nullable Integer input() {
    return input;
  }

  @Nullable Integer output() {
    return output;
  }

  /** The least number of tokens that the text can be which really came. */
  long leastOutput() {
    return floor.tokens();
  }
}
