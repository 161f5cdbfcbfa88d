package dev.kodo.kernel.guard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The form of a provider's requests and answers. */
sealed interface Wire permits OpenAiWire, AnthropicWire, OllamaWire {

  /** The one path below the provider's base address that is allowed. */
  String path();

  /**
   * Checks a call and reads what the guard must know; refuses what it cannot bound. Turn marks are
   * defused in the call itself.
   */
  Inspection inspect(ObjectNode call, String constitution) throws CallRefused;

  /** Writes the guard's own words into a call that was inspected. */
  void amend(ObjectNode call, Amendment amendment);

  /** Counts a whole answer; false when it is none of this form. */
  boolean whole(JsonNode answer, Usage usage);

  /** Counts one event of a stream; true when it is the last one. */
  boolean event(String line, Usage usage);
}
