package dev.kodo.kernel.guard;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** What an answer says about itself, beside how much text really came. Not thread-safe. */
final class Usage {
  private static final int LONGEST_WORD = 200;

  private @Nullable Integer input;
  private @Nullable Integer cached;
  private @Nullable Integer cacheWritten;
  private @Nullable Integer output;
  private @Nullable Integer thinking;
  private boolean nonsense;
  private boolean outputFinal;
  private @Nullable String finish;
  private @Nullable String model;
  private @Nullable String fingerprint;
  private Measured.@Nullable Pace read;
  private Measured.@Nullable Pace write;
  private final TokenFloor floor = new TokenFloor();
  private final ThoughtTags written = new ThoughtTags();
  private final @Nullable StreamTimes times;

  /** For a whole answer. */
  Usage() {
    this(null);
  }

  /** For a stream, whose events tell how fast it is. */
  Usage(@Nullable StreamTimes times) {
    this.times = times;
  }

  /** The highest report counts: streams report sums, which never fall. */
  void input(JsonNode... parts) {
    input = sum(parts, input);
  }

  /** Those of the input that came from a cache. */
  void cached(JsonNode part) {
    cached = sum(new JsonNode[] {part}, cached);
  }

  /** Those of the input that were written into a cache at a price of their own. */
  void cacheWritten(JsonNode part) {
    cacheWritten = sum(new JsonNode[] {part}, cacheWritten);
  }

  /** A report after the word for the end, or with it, is the last one. */
  void output(JsonNode part) {
    output = sum(new JsonNode[] {part}, output);
    outputFinal |= part.isIntegralNumber() && finish != null;
  }

  /** Those of the output that were thoughts. */
  void thinking(JsonNode part) {
    thinking = sum(new JsonNode[] {part}, thinking);
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
      if (text.isTextual() && !text.textValue().isEmpty()) {
        floor.add(text.textValue());
        written.take(text.textValue());
        arrived();
      }
    }
  }

  /** Counts thoughts; some servers send the same under two names, so the first one counts. */
  void thought(JsonNode... names) {
    for (JsonNode text : names) {
      if (text.isTextual() && !text.textValue().isEmpty()) {
        floor.add(text.textValue());
        written.thought(text.textValue());
        arrived();
        return;
      }
    }
  }

  private void arrived() {
    if (times != null) {
      times.text();
    }
  }

  /** The provider's own word for the end. */
  void finish(JsonNode word) {
    finish = word(word, finish);
  }

  void model(JsonNode name) {
    model = word(name, model);
  }

  void fingerprint(JsonNode mark) {
    fingerprint = word(mark, fingerprint);
  }

  private static @Nullable String word(JsonNode word, @Nullable String known) {
    return word.isTextual() && !word.textValue().isBlank()
        ? word.textValue().substring(0, Math.min(LONGEST_WORD, word.textValue().length()))
        : known;
  }

  /** What the server itself measured of its reading. */
  void read(JsonNode tokens, double millis) {
    read = pace(tokens, millis);
  }

  /** What the server itself measured of its writing. */
  void write(JsonNode tokens, double millis) {
    write = pace(tokens, millis);
  }

  private static Measured.@Nullable Pace pace(JsonNode tokens, double millis) {
    boolean known = tokens.canConvertToInt() && tokens.isIntegralNumber() && tokens.intValue() >= 0;
    return known && millis > 0
        ? new Measured.Pace(tokens.intValue(), Math.max(1, Math.round(millis)), true)
        : null;
  }

  /** What the call has shown. */
  Measured measured(Ended ended, int status, @Nullable String error) {
    boolean whole = ended == Ended.COMPLETE || outputFinal;
    Measured.Tokens tokens =
        new Measured.Tokens(
            whole && input != null && output != null && !nonsense,
            input,
            part(cached),
            part(cacheWritten),
            whole ? output : null,
            whole ? thoughts() : null);
    return new Measured(
        ended,
        status,
        error,
        tokens,
        written.answerBytes(),
        written.thoughtBytes(),
        finish,
        model,
        fingerprint,
        read == null && times != null ? times.read(fresh()) : read,
        write == null && times != null ? times.write(output(whole)) : write);
  }

  /** What is more than all cannot be a part of it. */
  private @Nullable Integer part(@Nullable Integer tokens) {
    return tokens == null || input == null || tokens > input ? null : tokens;
  }

  private @Nullable Integer fresh() {
    Integer known = part(cached);
    return input == null || known == null ? input : Integer.valueOf(input - known);
  }

  private @Nullable Integer output(boolean whole) {
    return whole && output != null ? output : null;
  }

  private @Nullable Integer thoughts() {
    if (output == null) {
      return null;
    }
    if (thinking != null) {
      return Integer.valueOf(Math.min(thinking, output));
    }
    long thoughts = written.thoughtBytes();
    long all = thoughts + written.answerBytes();
    return all == 0 ? null : Integer.valueOf((int) (output * (double) thoughts / all));
  }

  /** The report cannot be trusted, whatever its numbers are. */
  void nonsense() {
    nonsense = true;
  }

  boolean isNonsense() {
    return nonsense;
  }

  /** Whether the provider said that it was at its end, whatever came after that. */
  boolean isFinished() {
    return finish != null;
  }

  /** Whether it told all its tokens although its stream did not come to its own end. */
  boolean isFinal() {
    return outputFinal && input != null && !nonsense;
  }

  @Nullable Integer input() {
    return input;
  }

  @Nullable Integer output() {
    return output;
  }

  /** Those of the input that came from a cache. */
  @Nullable Integer cached() {
    return part(cached);
  }

  /** Those of the input that were written into a cache at a price of their own. */
  @Nullable Integer cacheWritten() {
    return part(cacheWritten);
  }

  /** The least number of tokens that the text can be which really came. */
  long leastOutput() {
    return floor.tokens();
  }
}
