package dev.kodo.kernel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kodo.kernel.home.AtomicFile;
import dev.kodo.kernel.home.Json;
import dev.kodo.kernel.home.KodoHome;
import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which questions a person has read, by the hash of their text. An answer that is given minutes
 * later counts for the text that was read, not for what the agent made of it meanwhile.
 */
record ShownDecisions(Path file) {

  static ShownDecisions of(KodoHome home) {
    return new ShownDecisions(home.run().resolve("shown-decisions.json"));
  }

  /** The hash of what was shown; empty when this question was never shown. */
  Optional<String> hash(String id) {
    return Json.read(file).map(known -> known.path(id).asText("")).filter(hash -> !hash.isEmpty());
  }

  /** Remembers a list that was shown in full; what is not in it waits no longer. */
  void replaceBy(JsonNode decisions) {
    ObjectNode known = Json.object();
    decisions.forEach(decision -> put(known, decision));
    write(known);
  }

  void add(JsonNode decision) {
    ObjectNode known =
        Json.read(file)
            .filter(ObjectNode.class::isInstance)
            .map(ObjectNode.class::cast)
            .orElseGet(Json::object);
    put(known, decision);
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

  private static void put(ObjectNode known, JsonNode decision) {
    known.put(decision.path("decisionId").asText(), decision.path("hash").asText());
  }
}
