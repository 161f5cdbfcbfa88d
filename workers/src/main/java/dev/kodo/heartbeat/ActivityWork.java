package dev.kodo.heartbeat;

import dev.kodo.model.Body;
import dev.kodo.model.Brief;
import dev.kodo.model.Contract;
import dev.kodo.model.Purpose;
import dev.kodo.model.Title;
import java.util.Optional;

/**
 * What the model made of an activity. Title and body are empty when nothing was worth keeping.
 *
 * @param title names the piece
 * @param summary one or two sentences for the activity log
 * @param body Markdown of the piece
 */
record ActivityWork(
    @Title(longest = 80) String title,
    @Brief(longest = 400) String summary,
    @Body(mayBeEmpty = true, paragraphs = 3) String body) {
  private static final int BOUND = 700;
  private static final int LEAST = 200;

  /** About two sentences; a kana or kanji says about as much as two Latin letters. */
  private static final int FEWEST_CHARACTERS = 120;

  private static final int FIRST_KANA = 0x3040;

  /** The same for all four kinds of work. */
  static Contract<ActivityWork> contract(Purpose purpose) {
    return new Contract<>(
        purpose, ActivityWork.class, BOUND, LEAST, Contract.Otherwise.KEEP_WHOLE_SENTENCES);
  }

  /** Why a body that is there is hardly a piece; a second answer may be better. */
  Optional<String> doubt() {
    long weight = body.codePoints().map(point -> point >= FIRST_KANA ? 2 : 1).sum();
    return nothingKept() || weight >= FEWEST_CHARACTERS
        ? Optional.empty()
        : Optional.of(
            "has a 'body' of %d characters only; write at least five whole sentences in 'body'"
                .formatted(body.length()));
  }

  boolean nothingKept() {
    return body.isEmpty();
  }
}
