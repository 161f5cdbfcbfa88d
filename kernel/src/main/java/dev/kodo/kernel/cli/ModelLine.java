package dev.kodo.kernel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kodo.kernel.config.Durations;
import dev.kodo.kernel.home.Printable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the guard knows of one model, in lines. */
final class ModelLine {
  private ModelLine() {}

  /** No lines for a model that nothing is worth saying of. */
  static List<String> of(JsonNode model, Instant now) {
    String name = model.path("provider").asText() + "/" + model.path("model").asText();
    List<String> lines = new ArrayList<>();
    JsonNode read = model.path("read_per_second");
    JsonNode write = model.path("write_per_second");
    if (read.isNumber() || write.isNumber()) {
      lines.add(
          "Model "
              + name
              + ": reads "
              + speed(read)
              + " and writes "
              + speed(write)
              + " tokens a second, room for thought "
              + model.path("think_room").asInt()
              + ", context "
              + (model.path("context_tokens").isNumber()
                  ? model.path("context_tokens").asText()
                  : "unknown")
              + ", cache "
              + model.path("cache").asText());
    }
    JsonNode waiting = model.path("waiting");
    if (waiting.isObject()) {
      Instant since = UpScreen.instant(waiting.path("since").asText(), now);
      lines.add(
          "Model "
              + name
              + " keeps a call waiting for "
              + waiting.path("for").asText()
              + ", for "
              + Durations.readable(Duration.between(since, now).abs()));
    }
    JsonNode cut = model.path("cut_prompt");
    if (cut.isObject()) {
      lines.add(
          "Model "
              + name
              + " was sent about "
              + cut.path("sent").asText()
              + " tokens and read "
              + cut.path("counted").asText()
              + ": its server cut the prompt. `kodo doctor` says what to do.");
    }
    if (model.hasNonNull("too_slow")) {
      lines.add("Model " + name + ": " + model.path("too_slow").asText());
    }
    return lines.stream().map(Printable::text).toList();
  }

  private static String speed(JsonNode perSecond) {
    return perSecond.isNumber()
        ? String.format(Locale.ROOT, "%.0f", perSecond.doubleValue())
        : "an unknown number of";
  }
}
