package dev.kodo.model.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a stream comes to, cut or not.
 *
 * @param text all parts, thoughts written as text included
 * @param longest bytes of the longest answer
 */
record StreamedReply(Answered answered, StreamEvents events, String text, int longest) {
  private static final Set<String> BOUND_REACHED =
      Set.of("length", "max_tokens", "model_context_window_exceeded");
  private static final Set<String> WITHHELD = Set.of("content_filter", "refusal");

  static String tooLarge(int longest) {
    return "is larger than model.max-answer-size (%d bytes)".formatted(longest);
  }

  /**
   * @throws OutcomeUnknown when the connection broke before any part of the answer came
   */
  ChatReply read() {
    Optional<Ending> ending = Optional.ofNullable(events.ending());
    Tokens tokens = ending.map(Ending::tokens).orElse(Tokens.NONE);
    @Nullable Cost cost =
        ending.map(Ending::cost).or(() -> Cost.from(answered.head())).orElse(null);
    if (!answered.body().complete()
        || text.getBytes(UTF_8).length > longest
        || ending.filter(Ending::tooLarge).isPresent()) {
      return ChatReply.unusable(tooLarge(longest), tokens, cost);
    }
    Thoughts parted = Thoughts.outOf(text);
    boolean thought = events.thoughts() || parted.any();
    boolean empty = text.isEmpty() && !thought && events.finish() == null;
    if (empty && ending.flatMap(Ending::cut).isEmpty()) {
      throwIfBroken();
      return ChatReply.unusable("is not a chat completion", tokens, cost);
    }
    @Nullable String cut = cut(ending);
    return new ChatReply(
        parted.answer(),
        WITHHELD.contains(finish()) ? "was withheld by the provider's content filter" : null,
        cut,
        cut != null && parted.answer().isBlank() && (thought || thinking(tokens) > 0),
        tokens,
        cost);
  }

  private void throwIfBroken() {
    if (answered.broken() != null) {
      throw answered.broken();
    }
  }

  private String finish() {
    return events.finish() == null ? "" : events.finish();
  }

  /** Without the guard's word, a stream is whole only when the provider says so. */
  private @Nullable String cut(Optional<Ending> ending) {
    Optional<String> cut = ending.flatMap(Ending::cut);
    if (cut.isPresent()) {
      return cut.get();
    }
    if (BOUND_REACHED.contains(finish())) {
      return "length";
    }
    boolean brokenOff = ending.isEmpty() && (answered.broken() != null || finish().isEmpty());
    return brokenOff ? "cut-off" : null;
  }

  private static int thinking(Tokens tokens) {
    return tokens.thinking() == null ? 0 : tokens.thinking();
  }
}
