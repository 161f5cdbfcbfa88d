package dev.kodo.kernel.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the running guard has found out about the models. Asks no model. */
final class FactsExamination {
  private static final String SUBJECT = "models";

  private final @Nullable JsonNode report;

  /**
   * @param report the guard's own of its models; null when it does not run
   */
  FactsExamination(@Nullable JsonNode report) {
    this.report = report;
  }

  List<Finding> findings() {
    if (report == null) {
      return List.of(
          Finding.note(SUBJECT, "the guard does not tell", "Start Kodo with `kodo up`."));
    }
    List<Finding> findings = new ArrayList<>();
    List<String> fine = new ArrayList<>();
    for (JsonNode model : report.path("models")) {
      List<Finding> troubles = troubles(model);
      findings.addAll(troubles);
      if (troubles.isEmpty()) {
        fine.add(known(model));
      }
    }
    if (!fine.isEmpty()) {
      findings.add(Finding.ok(SUBJECT, String.join("; ", fine)));
    }
    return findings;
  }

  private static List<Finding> troubles(JsonNode model) {
    List<Finding> troubles = new ArrayList<>();
    String name = name(model);
    if (model.hasNonNull("too_slow")) {
      troubles.add(
          Finding.trouble(
              SUBJECT,
              name + " is too slow: " + model.path("too_slow").asText(),
              "Give `"
                  + model.path("provider").asText()
                  + "` that `timeout` in models.yml (or `model.timeout` in kodo.yml), or use a"
                  + " smaller model."));
    }
    if (model.path("thinking_refused").asBoolean()) {
      troubles.add(
          Finding.trouble(
              SUBJECT,
              "the server of " + name + " forgets the schema while `thinking` is off",
              "Set `thinking: as-it-is` for it in models.yml."));
    }
    JsonNode cut = model.path("cut_prompt");
    if (cut.isObject()) {
      troubles.add(
          Finding.trouble(
              SUBJECT,
              name
                  + " read "
                  + cut.path("counted").asText()
                  + " of about "
                  + cut.path("sent").asText()
                  + " tokens at "
                  + cut.path("at").asText(),
              "Start its server with a larger context."));
    }
    return troubles;
  }

  private static String known(JsonNode model) {
    return name(model)
        + " ("
        + (model.hasNonNull("server") ? model.path("server").asText() + ", " : "")
        + "context "
        + (model.path("context_tokens").isNumber() ? model.path("context_tokens").asText() : "?")
        + ", schema "
        + model.path("schema").asText()
        + ", tools "
        + model.path("tools").asText()
        + ", usage "
        + model.path("usage").asText()
        + ", cache "
        + model.path("cache").asText()
        + ", thinks "
        + model.path("thinks").asText()
        + ")";
  }

  private static String name(JsonNode model) {
    return model.path("provider").asText() + "/" + model.path("model").asText();
  }
}
