package dev.kodo.kernel.guard;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kodo.kernel.home.Json;

/** What the workers are told about the models: addresses of the guard, and no key. */
public final class ModelsJson {
  private ModelsJson() {}

  /** The text of run/models.json for a guard at this port. */
  public static String text(Registry registry, int guardPort) {
    ObjectNode classes = Json.object();
    for (String name : Registry.CLASSES) {
      ArrayNode entries = classes.putArray(name);
      for (ModelName model : registry.ofClass(name)) {
        registry
            .provider(model.provider())
            .ifPresent(provider -> write(entries.addObject(), provider, model, guardPort));
      }
      if (entries.isEmpty()) {
        entries
            .addObject()
            .put("provider", "rehearsal")
            .put("kind", "rehearsal")
            .put("model", "rehearsal");
      }
    }
    ObjectNode json = Json.object();
    json.set("classes", classes);
    return Json.print(json);
  }

  private static void write(ObjectNode entry, Provider provider, ModelName model, int port) {
    entry.put("provider", provider.name());
    entry.put("kind", provider.kind().wireName());
    entry.put("model", model.model());
    entry.put("baseUrl", "http://127.0.0.1:" + port + "/models/" + provider.name());
    entry.put("timeout", provider.timeout().toString());
    entry.put("loadTimeout", provider.loadTimeout().toString());
    entry.put("maxOutputTokens", provider.maxOutputTokens());
    if (provider.kind() == Provider.Kind.COMMAND) {
      entry.put("streams", false);
    }
  }
}
