package dev.kodo.kernel.guard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kodo.kernel.budget.Settlement;
import dev.kodo.kernel.home.Json;
import org.jspecify.annotations.Nullable;

/** What the guard says at the end of each stream. */
final class EndOfStream {
  private EndOfStream() {}

  static ObjectNode json(Admitted call, Settlement cost, Measured measured) {
    Measured.Tokens tokens = measured.tokens();
    return Json.object()
        .put("cost_usd", cost.amount().toString())
        .put("basis", cost.basis().word())
        .put("input_tokens", tokens.input())
        .put("cached_tokens", tokens.cached())
        .put("output_tokens", tokens.output())
        .put("thinking_tokens", tokens.thinking())
        .put("bound", call.bounds().outputTokens())
        .put("ended", measured.ended().word())
        .put("read_ms", millis(measured.read()))
        .put("write_ms", millis(measured.write()));
  }

  private static @Nullable Long millis(Measured.@Nullable Pace pace) {
    return pace == null ? null : pace.millis();
  }
}
