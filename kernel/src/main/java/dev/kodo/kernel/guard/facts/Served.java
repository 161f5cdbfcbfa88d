package dev.kodo.kernel.guard.facts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kodo.kernel.home.Json;
import org.jspecify.annotations.Nullable;

/**
 * What a server says of itself and one of its models.
 *
 * @param server its program, such as {@code llama.cpp}
 * @param fingerprint changes when program or model do; empty when nothing was told that would show
 *     it
 * @param context tokens of prompt and answer together, as loaded now, for one call
 * @param mostContext the same, as much as the server could load for a call that asks for it
 * @param tools whether tools reach the prompt
 * @param thinks whether thinking can be switched
 */
public record Served(
    @Nullable String server,
    String fingerprint,
    @Nullable Integer context,
    @Nullable Integer mostContext,
    Known tools,
    Known thinks) {

  public static final String LLAMA_CPP = "llama.cpp";
  public static final String OLLAMA = "ollama";
  public static final String VLLM = "vllm";
  public static final String LM_STUDIO = "lm-studio";

  public static final Served NOTHING =
      new Served(null, "", null, null, Known.UNKNOWN, Known.UNKNOWN);

  /** Whether the server counts tokens for nothing. */
  public boolean tokenizes() {
    return LLAMA_CPP.equals(server) || VLLM.equals(server);
  }

  Served with(int loaded) {
    return new Served(server, fingerprint, loaded, mostContext, tools, thinks);
  }

  ObjectNode json() {
    return Json.object()
        .put("server", server)
        .put("fingerprint", fingerprint)
        .put("context", context)
        .put("most_context", mostContext)
        .put("tools", tools.word())
        .put("thinks", thinks.word());
  }

  static Served of(JsonNode json) {
    return new Served(
        json.hasNonNull("server") ? json.path("server").asText() : null,
        json.path("fingerprint").asText(""),
        number(json.path("context")),
        number(json.path("most_context")),
        Known.parse(json.path("tools").asText()),
        Known.parse(json.path("thinks").asText()));
  }

  /** A whole number above 0, or null. */
  static @Nullable Integer number(JsonNode value) {
    return value.canConvertToInt() && value.intValue() > 0 ? value.intValue() : null;
  }
}
