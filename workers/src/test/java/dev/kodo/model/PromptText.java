package dev.kodo.model;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The whole text of a prompt, for tests of other features. */
public final class PromptText {
  /** About as long as the constitution. */
  private static final String LEAD = "Do no harm. Earn your existence. Do not lie. ".repeat(30);

  private PromptText() {}

  /** As it is sent to a server that enforces schemas. */
  public static String of(
      Question<?> question, @Nullable Integer contextTokens, boolean cacheKeeps) {
    Scope scope = new Scope("a/b", contextTokens, 4.0, 300, cacheKeeps, texts -> Optional.empty());
    Prompt prompt =
        Prompt.of(LEAD, new ModelCall("key", ModelFixture.JOB, question, null), null, scope);
    return prompt.system() + "\n" + String.join("\n", prompt.turns());
  }
}
