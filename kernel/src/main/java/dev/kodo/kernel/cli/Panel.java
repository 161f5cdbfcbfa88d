package dev.kodo.kernel.cli;

import com.fasterxml.jackson.databind.JsonNode;

/** The short panel at the end of a start. */
final class Panel {
  private Panel() {}

  static String text(JsonNode state) {
    StringBuilder text = new StringBuilder("\n");
    if (state.has("panic")) {
      text.append(
          "  PANIC      The agents stay stopped, as `kodo panic` was used. `kodo resume` lifts"
              + " it.\n");
    }
    row(text, "Model", model(state.path("model")));
    if (state.path("model").path("rehearsal").asBoolean()) {
      row(
          text,
          "",
          "A rehearsal is a rule-based stand-in, no intelligence. To use a real model, start a");
      row(text, "", "local server (such as LM Studio) or set `model.base-url` in kodo.yml.");
    }
    JsonNode addresses = state.path("addresses");
    row(text, "Workspace", state.path("workspace").asText());
    row(
        text,
        "Engine",
        addresses.path("engineRest").asText()
            + " (REST), "
            + addresses.path("engineGrpc").asText()
            + " (gRPC, for Camunda Modeler)");
    operate(text, state.path("operate"));
    row(text, "Database", addresses.path("database").asText());
    row(text, "API", addresses.path("api").asText());
    row(text, "Try next", "kodo theme add \"The life of bees\"   an idea to work on");
    row(text, "", "kodo beat                           a heartbeat now");
    row(text, "", "kodo status                         what the agent does");
    return text.toString();
  }

  private static void operate(StringBuilder text, JsonNode operate) {
    if (operate.isMissingNode()) {
      return;
    }
    row(text, "Operate", operate.path("operate").asText());
    row(text, "Tasklist", operate.path("tasklist").asText());
    row(
        text,
        "Log-in",
        operate.path("user").asText()
            + "; the password: cat "
            + operate.path("passwordFile").asText());
    row(text, "", "REST wants a token, gRPC does not: docs/operate.md.");
  }

  static String model(JsonNode model) {
    if (model.path("rehearsal").asBoolean()) {
      return "rehearsal, because " + model.path("reason").asText();
    }
    return model.path("name").asText()
        + " at "
        + model.path("baseUrl").asText()
        + ", "
        + model.path("reason").asText();
  }

  private static void row(StringBuilder text, String title, String value) {
    text.append("  %-10s %s%n".formatted(title, value));
  }
}
