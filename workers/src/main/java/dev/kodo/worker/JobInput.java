package dev.kodo.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a job's variables. They come from whoever started the process, also by plain REST, so the
 * ids among them are checked before anything is done with them.
 */
final class JobInput {
  /** The agent that a process is for when nobody says. */
  private static final String DEFAULT_AGENT = "main";

  /** The class of models that is asked when nobody says. */
  private static final String DEFAULT_MODEL_CLASS = "best";

  private static final Map<String, Pattern> FORMS =
      Map.of(
          "agentId", Pattern.compile("[a-z0-9][a-z0-9-]{0,62}"),
          "modelClass", Pattern.compile("[a-z][a-z-]{0,30}"),
          "heartbeatId", Pattern.compile("[0-9]{14}"),
          "crashedHeartbeatId", Pattern.compile("[0-9]{14}"),
          "themeId", Pattern.compile("[0-9]{14}"),
          "pausedThemeId", Pattern.compile("[0-9]{14}"));
  private static final int SHOWN = 60;

  private final ObjectReader reader;
  private final ObjectNode variables;

  /**
   * Checks the ids among the variables.
   *
   * @throws JobFailure (retry, then an incident) naming the variable that does not fit
   */
  JobInput(ObjectMapper json, String variables) {
    this.reader =
        json.reader()
            .with(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    try {
      this.variables = (ObjectNode) json.readTree(variables);
    } catch (JsonProcessingException e) {
      throw JobFailure.retry("Expected the job's variables to be JSON", e);
    }
    setWhereAbsent("agentId", DEFAULT_AGENT);
    setWhereAbsent("modelClass", DEFAULT_MODEL_CLASS);
    FORMS.forEach(this::check);
  }

  String agentId() {
    return variables.get("agentId").textValue();
  }

  String modelClass() {
    return variables.get("modelClass").textValue();
  }

  /** When the activity around the job has to be done; null when nothing ends it. */
  @Nullable Instant deadline() {
    JsonNode value = variables.path("deadline");
    if (isAbsent("deadline")) {
      return null;
    }
    return FeelTime.instant(value.asText())
        .orElseThrow(
            () ->
                JobFailure.retry(
                    "Expected a variable 'deadline' that is a date and time with an offset or a zone but got "
                        + shown(value),
                    null));
  }

  /** The variables as {@code type}; every component that is not nullable has a value. */
  <I> I as(Class<I> type) {
    for (RecordComponent component : type.getRecordComponents()) {
      boolean mayBeAbsent = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
      if (!mayBeAbsent && isAbsent(component.getName())) {
        throw JobFailure.retry(
            "Expected a variable '%s' but there is none.".formatted(component.getName()), null);
      }
    }
    try {
      return reader.forType(type).readValue(variables);
    } catch (java.io.IOException wrongType) {
      throw JobFailure.retry(
          "The variables do not fit: " + JobReply.shorten(String.valueOf(wrongType.getMessage())),
          wrongType);
    }
  }

  private void setWhereAbsent(String name, String value) {
    if (isAbsent(name)) {
      variables.put(name, value);
    }
  }

  private void check(String name, Pattern form) {
    JsonNode value = variables.get(name);
    if (value == null || value.isNull()) {
      return;
    }
    if (!value.isTextual() || !form.matcher(value.textValue()).matches()) {
      throw JobFailure.retry(
          "Expected a variable '%s' of the form %s but got %s".formatted(name, form, shown(value)),
          null);
    }
  }

  private static String shown(JsonNode value) {
    String text = value.toString().replaceAll("\\p{Cntrl}", " ");
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }

  private boolean isAbsent(String name) {
    return variables.path(name).isMissingNode() || variables.path(name).isNull();
  }
}
