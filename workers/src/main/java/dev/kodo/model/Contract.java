package dev.kodo.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * What holds between Kodo and a model for one kind of question: the record that an answer has to
 * fit, how long it may get, and what happens when it does not fit.
 *
 * @param answerType its components are the properties of the JSON schema, in their order; its
 *     compact constructor may refuse what no schema can say
 * @param bound most tokens of a whole answer, the room for thoughts not counted
 * @param least fewest tokens in which an answer can be of use
 */
public record Contract<A extends Record>(
    Purpose purpose, Class<A> answerType, int bound, int least, Otherwise otherwise) {
  public Contract {
    if (least < 1 || bound < least) {
      throw new IllegalArgumentException(
          "bound must be least (%d) or more, and least 1 or more, but bound is %d"
              .formatted(least, bound));
    }
  }

  /**
   * What the model is told to do, in Kodo's own words, from {@code prompts/<feature>/<purpose>.md};
   * words in braces are filled in by the feature.
   */
  public String words() {
    String feature = answerType.getPackageName().replaceFirst(".*\\.", "");
    String resource = "/prompts/%s/%s.md".formatted(feature, purpose.id());
    try (InputStream words = answerType.getResourceAsStream(resource)) {
      if (words == null) {
        throw new IllegalStateException(
            "Expected the words of a question in %s but there are none".formatted(resource));
      }
      return new String(words.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** What becomes of an answer that does not fit. */
  public enum Otherwise {
    /** The question fails after one repair. */
    FAIL,
    /** After one repair, and at once after a time-out, a decision table chooses instead. */
    TABLE,
    /** As {@link #FAIL}; but a body that was cut is kept up to its last whole sentence. */
    KEEP_WHOLE_SENTENCES
  }
}
