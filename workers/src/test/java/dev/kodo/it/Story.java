package dev.kodo.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What an installation has lived through, read from outside, and the invariants that must hold of
 * it.
 */
final class Story {
  private final Installation kodo;

  Story(Installation kodo) {
    this.kodo = kodo;
  }

  /** All beats that ended, in the order of their ends. */
  List<JsonNode> beats() {
    List<JsonNode> all = new ArrayList<>();
    long after = 0;
    while (true) {
      JsonNode page = kodo.api("/api/heartbeats?limit=500&after=" + after);
      if (page.get("heartbeats").isEmpty()) {
        return all;
      }
      page.get("heartbeats").forEach(all::add);
      after = page.get("last").asLong();
    }
  }

  JsonNode agent() {
    return kodo.api("/api/status").get("agents").get(0);
  }

  /**
   * Kills in a row look like the same error in a row; a person would look and let the agent go on.
   */
  void answerReviews() {
    for (JsonNode decision : kodo.api("/api/decisions")) {
      // Refused while nobody waits for it yet; then the next round answers.
      kodo.apiPost(
          "/api/decisions/" + decision.get("decisionId").asText(),
          "{\"approved\": true, \"hash\": \"%s\"}".formatted(decision.get("hash").asText()));
    }
  }

  boolean isBeating() {
    return agent().hasNonNull("beating");
  }

  /**
   * Ids are unique, every beat has its log, and what a closed beat says it wrote is there exactly
   * once.
   */
  void assertNothingLostOrDoubled() {
    List<JsonNode> beats = beats();
    Map<String, JsonNode> byId = new LinkedHashMap<>();
    for (JsonNode beat : beats) {
      assertThat(byId.put(beat.get("heartbeatId").asText(), beat))
          .as("one end per id: %s", beat)
          .isNull();
    }
    List<String> files = files();
    for (JsonNode beat : beats) {
      String id = beat.get("heartbeatId").asText();
      // Without a disk to write on there is no log either; such a beat is never counted as closed.
      if (beat.path("errorCode").asText().equals("WORKSPACE_UNWRITABLE")) {
        assertThat(beat.get("outcome").asText()).isNotEqualTo("closed");
        continue;
      }
      assertThat(files)
          .as("log of %s", beat)
          .anyMatch(file -> file.matches(".*/histories/" + id + "(_\\d\\d)?\\.md"));
      if (beat.get("outcome").asText().equals("closed") && beat.hasNonNull("artifactPath")) {
        assertThat(files).as("artifact of %s", beat).contains(beat.get("artifactPath").asText());
      }
      assertThat(artifactsOf(id, files)).as("artifacts of %s", beat).hasSizeLessThanOrEqualTo(1);
    }
    assertThat(files).as("nothing half-written is left").noneMatch(file -> file.endsWith(".tmp"));
  }

  private static List<String> artifactsOf(String id, List<String> files) {
    return files.stream()
        .filter(file -> file.matches("artifacts/[^/]+/" + id + "_[^/]*\\.md"))
        .toList();
  }

  /** Every theme that started has its end or is the one that runs. */
  void assertThemesAreWhole() {
    List<String> started = new ArrayList<>();
    List<String> ended = new ArrayList<>();
    for (JsonNode beat : beats()) {
      if (beat.get("outcome").asText().equals("closed")) {
        if (beat.path("activity").asText().equals("theme-start")) {
          started.add(beat.get("heartbeatId").asText());
        } else if (beat.path("activity").asText().equals("theme-end")) {
          ended.add(beat.get("theme").asText());
        }
      }
    }
    assertThat(ended).doesNotHaveDuplicates();
    List<String> open = new ArrayList<>(started);
    open.removeAll(ended);
    assertThat(open).hasSizeLessThanOrEqualTo(1);
  }

  /** All files of the agent, relative to its workspace, without those of git. */
  List<String> files() {
    Path root = kodo.workspace();
    try (Stream<Path> walk = Files.walk(root)) {
      return walk.filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .filter(file -> !file.startsWith(".git/"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String read(String file) {
    try {
      return Files.readString(kodo.workspace().resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
