package dev.kodo.kernel.guard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kodo.kernel.guard.facts.Known;
import dev.kodo.kernel.guard.facts.Served;

/**
 * What the guard itself writes into a call.
 *
 * @param bound tokens that may be written
 * @param promptTokens that are to be read at most
 * @param thinking what the owner wants
 * @param served what the server can do
 */
record Amendment(long bound, long promptTokens, Thinking thinking, Served served) {
  private static final int CONTEXT_STEP = 4_096;

  /** For a call in OpenAI's form: llama.cpp and vLLM hand the word to the model's template. */
  void writeOpenAi(ObjectNode call) {
    for (String name : new String[] {"max_tokens", "max_completion_tokens"}) {
      if (call.has(name)) {
        call.put(name, bound);
      }
    }
    boolean template =
        Served.LLAMA_CPP.equals(served.server()) || Served.VLLM.equals(served.server());
    switch (thinking) {
      case AS_IT_IS -> {}
      case LOW -> {
        if (template) {
          call.putObject("chat_template_kwargs").put("reasoning_effort", "low");
        } else {
          call.put("reasoning_effort", "low");
        }
      }
      case OFF -> {
        if (template) {
          call.putObject("chat_template_kwargs").put("enable_thinking", false);
        } else {
          call.put("reasoning_effort", "none");
        }
      }
    }
  }

  void writeAnthropic(ObjectNode call) {
    call.put("max_tokens", bound);
  }

  /**
   * For Ollama's own form. A context that grows in steps is loaded again only now and then; one
   * that is loaded already is never made smaller.
   */
  void writeOllama(ObjectNode call) {
    ObjectNode options = call.withObjectProperty("options");
    options.put("num_predict", bound);
    Integer most = served.mostContext();
    if (most != null) {
      Integer loaded = served.context();
      long steps = Math.ceilDiv(promptTokens + bound, CONTEXT_STEP);
      long needed = Math.max(steps * CONTEXT_STEP, loaded == null ? 0 : loaded);
      options.put("num_ctx", Math.min(needed, most));
    }
    if (thinking != Thinking.AS_IT_IS && served.thinks() != Known.NO) {
      if (thinking == Thinking.OFF) {
        call.put("think", false);
      } else {
        call.put("think", "low");
      }
    }
  }
}
