package dev.kodo.kernel.model;

import dev.kodo.kernel.config.Config;
import dev.kodo.kernel.config.ConfigKey;
import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Decides at the start which model is used, from the settings and from what is there. */
public final class ModelResolution {
  private final Config config;
  private final Map<String, String> environment;
  private final ModelDiscovery discovery;

  public ModelResolution(Config config, Map<String, String> environment, ModelDiscovery discovery) {
    this.config = config;
    this.environment = environment;
    this.discovery = discovery;
  }

  public ModelChoice resolve() {
    requireKey();
    return switch (config.text(ConfigKey.MODEL_PROVIDER)) {
      case "rehearsal" -> ModelChoice.rehearsal("`model.provider` says rehearsal.");
      case "openai" -> configured();
      default -> automatic();
    };
  }

  private ModelChoice automatic() {
    if (config.isSet(ConfigKey.MODEL_BASE_URL)) {
      return configured();
    }
    if (config.isSet(ConfigKey.MODEL_SCRIPT)) {
      return ModelChoice.rehearsal("`model.script` drives it.");
    }
    List<ModelEndpoint> found = discovery.find();
    if (found.isEmpty()) {
      return ModelChoice.rehearsal(
          "no local model server answers (LM Studio, Ollama, llama.cpp, vLLM) and no key is set"
              + " (OPENROUTER_API_KEY, OPENAI_API_KEY).");
    }
    ModelEndpoint best = found.getFirst();
    String name =
        config.isSet(ConfigKey.MODEL_NAME) ? config.text(ConfigKey.MODEL_NAME) : best.model();
    String titles = String.join(", ", found.stream().map(ModelEndpoint::title).toList());
    return best.choice(name, "found " + titles + ".");
  }

  private ModelChoice configured() {
    if (!config.isSet(ConfigKey.MODEL_BASE_URL)) {
      throw missing("model.base-url", "the address of the endpoint");
    }
    String base = config.text(ConfigKey.MODEL_BASE_URL);
    String keyName = config.text(ConfigKey.MODEL_API_KEY_ENV);
    String name = config.text(ConfigKey.MODEL_NAME);
    if (name.isEmpty()) {
      name = firstModel(base, environment.getOrDefault(keyName, ""));
    }
    return new ModelChoice("openai", name, base, keyName, "configured in kodo.yml.");
  }

  private String firstModel(String base, String key) {
    try {
      return discovery
          .firstModel(base, key)
          .orElseThrow(() -> missing("model.name", "a model, as " + base + " lists none"));
    } catch (IOException e) {
      throw new Problem(
          ProblemCode.CONFIG_BAD_VALUE,
          "Expected "
              + base
              + " to list its models, as `model.name` is empty, but: "
              + e.getMessage()
              + ".",
          "Check `model.base-url` and `model.api-key-env` in kodo.yml, or set `model.name`.",
          e);
    }
  }

  private void requireKey() {
    String keyName = config.text(ConfigKey.MODEL_API_KEY_ENV);
    if (!keyName.isEmpty() && environment.getOrDefault(keyName, "").isBlank()) {
      throw new Problem(
          ProblemCode.CONFIG_BAD_VALUE,
          "Expected the environment variable "
              + keyName
              + " to hold the key that"
              + " `model.api-key-env` names, but it is not set.",
          "Set " + keyName + " before `kodo up`, or remove `model.api-key-env`.");
    }
  }

  private static Problem missing(String key, String what) {
    return new Problem(
        ProblemCode.CONFIG_BAD_VALUE,
        "Expected `" + key + "` to name " + what + ", but it is empty.",
        "Set `" + key + "` in kodo.yml.");
  }
}
