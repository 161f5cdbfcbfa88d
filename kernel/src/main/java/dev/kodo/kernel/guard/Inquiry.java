package dev.kodo.kernel.guard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kodo.kernel.guard.facts.Known;
import dev.kodo.kernel.guard.facts.Served;
import dev.kodo.kernel.home.Json;
import dev.kodo.kernel.http.HttpAnswer;
import dev.kodo.kernel.http.HttpCall;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Asks a provider's server what it is and what it can do. No model works for that. */
final class Inquiry {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Provider provider;
  private final URI base;
  private final String root;

  /**
   * @param base the address of the provider
   */
  Inquiry(Provider provider, URI base) {
    this.provider = provider;
    this.base = base;
    String address = base.toString();
    this.root =
        address.endsWith("/v1") ? address.substring(0, address.length() - "/v1".length()) : address;
  }

  /**
   * What it says of a model; empty when nothing answers in a way that is known.
   *
   * @param own whether it is a server of the owner's, which may be asked for more than its models
   */
  Optional<Served> served(String model, boolean own) {
    return switch (provider.kind()) {
      case OPENAI -> openAi(model, own);
      case OLLAMA -> ollama(model);
      case ANTHROPIC, COMMAND -> Optional.empty();
    };
  }

  private Optional<Served> openAi(String model, boolean own) {
    if (own) {
      JsonNode props = get(root + "/props");
      if (props.has("default_generation_settings")) {
        return Optional.of(llamaCpp(props));
      }
      JsonNode studio = get(root + "/api/v1/models").path("models");
      if (studio.isArray()) {
        return Optional.of(lmStudio(studio, model));
      }
    }
    JsonNode list = get(base + "/models").path("data");
    return list.isArray() ? Optional.of(listed(list, model)) : Optional.empty();
  }

  /** {@code n_ctx} of these settings is that of one slot. */
  private static Served llamaCpp(JsonNode props) {
    JsonNode tools = props.path("chat_template_caps").path("supports_tools");
    return new Served(
        Served.LLAMA_CPP,
        props.path("build_info").asText() + " " + props.path("model_path").asText(),
        number(props.path("default_generation_settings").path("n_ctx")),
        null,
        tools.isBoolean() ? Known.of(tools.booleanValue()) : Known.UNKNOWN,
        Known.UNKNOWN);
  }

  private static Served lmStudio(JsonNode models, String model) {
    @Nullable Integer context = null;
    Known tools = Known.UNKNOWN;
    TreeSet<String> names = new TreeSet<>();
    for (JsonNode entry : models) {
      names.add(entry.path("key").asText());
      JsonNode loaded = entry.path("loaded_instances");
      boolean named = entry.path("key").asText().equals(model);
      for (JsonNode instance : loaded) {
        if (named || instance.path("id").asText().equals(model)) {
          context = number(instance.path("config").path("context_length"));
          named = true;
        }
      }
      JsonNode trained = entry.path("capabilities").path("trained_for_tool_use");
      tools = named && trained.isBoolean() ? Known.of(trained.booleanValue()) : tools;
    }
    return new Served(
        Served.LM_STUDIO, String.join(" ", names), context, null, tools, Known.UNKNOWN);
  }

  /** vLLM says how much it loaded; some hosts say the same in a word of their own. */
  private static Served listed(JsonNode list, String model) {
    TreeSet<String> names = new TreeSet<>();
    @Nullable Integer context = null;
    boolean vllm = false;
    for (JsonNode entry : list) {
      names.add(entry.path("id").asText());
      vllm |= entry.path("owned_by").asText().equals("vllm");
      if (entry.path("id").asText().equals(model)) {
        Integer loaded = number(entry.path("max_model_len"));
        context = loaded == null ? number(entry.path("context_length")) : loaded;
      }
    }
    return new Served(
        vllm ? Served.VLLM : null,
        vllm ? String.join(" ", names) : "",
        context,
        null,
        Known.UNKNOWN,
        Known.UNKNOWN);
  }

  private Optional<Served> ollama(String model) {
    JsonNode shown =
        send(HttpCall.post(root + "/api/show", line(Json.object().put("model", model))));
    JsonNode tags = get(root + "/api/tags").path("models");
    if (!shown.isObject() && !tags.isArray()) {
      return Optional.empty();
    }
    JsonNode capabilities = shown.path("capabilities");
    return Optional.of(
        new Served(
            Served.OLLAMA,
            named(tags, model).path("digest").asText(""),
            number(named(get(root + "/api/ps").path("models"), model).path("context_length")),
            context(shown.path("model_info")),
            has(capabilities, "tools"),
            has(capabilities, "thinking")));
  }

  private static JsonNode named(JsonNode models, String model) {
    for (JsonNode entry : models) {
      String name = entry.path("name").asText(entry.path("model").asText());
      if (name.equals(model) || name.equals(model + ":latest")) {
        return entry;
      }
    }
    return Json.object().path("none");
  }

  private static @Nullable Integer context(JsonNode info) {
    for (Map.Entry<String, JsonNode> entry : info.properties()) {
      if (entry.getKey().endsWith(".context_length")) {
        return number(entry.getValue());
      }
    }
    return null;
  }

  private static Known has(JsonNode capabilities, String name) {
    if (!capabilities.isArray()) {
      return Known.UNKNOWN;
    }
    for (JsonNode capability : capabilities) {
      if (capability.asText().equals(name)) {
        return Known.YES;
      }
    }
    return Known.NO;
  }

  /** How many tokens a text is by the server's own tokenizer; empty when it does not say. */
  Optional<Long> tokens(Served served, String model, String text) {
    ObjectNode question =
        Served.VLLM.equals(served.server())
            ? Json.object().put("model", model).put("prompt", text)
            : Json.object().put("content", text);
    JsonNode tokens = send(HttpCall.post(root + "/tokenize", line(question))).path("tokens");
    return tokens.isArray() ? Optional.of((long) tokens.size()) : Optional.empty();
  }

  private JsonNode get(String address) {
    return send(HttpCall.get(address));
  }

  /** A missing node when it does not answer, or not in JSON. */
  private JsonNode send(HttpCall call) {
    try {
      provider.key().addTo(call, provider.kind());
      HttpAnswer answer = call.timeout(PATIENCE).send();
      return answer.isOk() ? answer.json() : Json.object().path("none");
    } catch (IOException | RuntimeException silent) {
      return Json.object().path("none");
    }
  }

  private static String line(ObjectNode json) {
    return Json.line(json);
  }

  private static @Nullable Integer number(JsonNode value) {
    return value.canConvertToInt() && value.intValue() > 0 ? value.intValue() : null;
  }
}
