package dev.kodo.kernel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kodo.kernel.audit.Hash;
import dev.kodo.kernel.home.AtomicFile;
import dev.kodo.kernel.home.Json;
import dev.kodo.kernel.home.KodoHome;
import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Which questions a person has read, by a hash of all that was printed. An answer that is given
 * minutes later counts for the text that was read, not for what the agent made of it meanwhile; so
 * the hash is made here and is not the one that the body sends.
 */
record ShownDecisions(Path file) {

  static ShownDecisions of(KodoHome home) {
    return new ShownDecisions(home.run().resolve("shown-decisions.json"));
  }

  /** The mark of what was shown; empty when this question was never shown. */
  Optional<String> text(String id) {
    return Json.read(file).map(known -> known.path(id).asText("")).filter(mark -> !mark.isEmpty());
  }

  /** What stands for a question as it was printed, and for the body's own hash of it. */
  static String mark(JsonNode decision, String printed) {
    String all = decision.path("hash").asText() + "\0" + printed;
    return Hash.of(all.getBytes(StandardCharsets.UTF_8)).hex();
  }

  /** Remembers a list that was shown in full; what is not in it waits no longer. */
  void replaceBy(Map<JsonNode, String> printed) {
    ObjectNode known = Json.object();
    printed.forEach((decision, text) -> put(known, decision, text));
    write(known);
  }

  void add(JsonNode decision, String printed) {
    ObjectNode known =
        Json.read(file)
            .filter(ObjectNode.class::isInstance)
            .map(ObjectNode.class::cast)
            .orElseGet(Json::object);
    put(known, decision, printed);
    write(known);
  }

  private void write(ObjectNode known) {
    try {
      AtomicFile.writeVolatile(file, Json.print(known));
    } catch (IOException e) {
      throw new Problem(
          ProblemCode.HOME_UNWRITABLE,
          "Expected to remember in " + file + " what was shown, but: " + e.getMessage() + ".",
          ProblemCode.HOME_UNWRITABLE.next(),
          e);
    }
  }

  private static void put(ObjectNode known, JsonNode decision, String printed) {
    known.put(decision.path("decisionId").asText(), mark(decision, printed));
  }
}
