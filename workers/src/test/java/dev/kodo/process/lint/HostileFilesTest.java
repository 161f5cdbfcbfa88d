package dev.kodo.process.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are no diagrams, or mean harm: a finding each, never an exception. */
class HostileFilesTest {
  private static final String DIAGRAM = "theme-end.bpmn";

  @TempDir private Path folder;
  private PlantedFiles files;

  @BeforeEach
  void copyTheRealFiles() throws IOException {
    files = PlantedFiles.copyTo(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {DIAGRAM, "heartbeat-pace.dmn", "review-stopped-agent.form"})
  void reportsAnEmptyFile(String file) throws IOException {
    files.write(file, "");
    assertUnreadable(file);
  }

  @ParameterizedTest
  @ValueSource(strings = {DIAGRAM, "heartbeat-pace.dmn", "review-stopped-agent.form"})
  void reportsABinaryFile(String file) throws IOException {
    byte[] noise = new byte[4096];
    new Random(7).nextBytes(noise);
    files.write(file, noise);
    assertUnreadable(file);
  }

  @ParameterizedTest
  @ValueSource(strings = {DIAGRAM, "heartbeat-pace.dmn", "review-stopped-agent.form"})
  void reportsATruncatedFile(String file) {
    files.edit(file, text -> text.substring(0, text.length() / 2));
    assertUnreadable(file);
  }

  @ParameterizedTest
  @ValueSource(strings = {DIAGRAM, "heartbeat-pace.dmn", "review-stopped-agent.form"})
  void reportsAHugeFile(String file) {
    files.edit(file, text -> text + " ".repeat(1_000_001));
    assertThat(assertUnreadable(file).message()).contains("the most is 1000000");
  }

  @ParameterizedTest
  @ValueSource(strings = {DIAGRAM, "heartbeat-pace.dmn"})
  void readsNoEntityFromOutside(String file) throws IOException {
    Path secret = Files.writeString(folder.resolve("secret.txt"), "the-secret");
    files.edit(
        file,
        text ->
            text.replaceFirst(
                "\\?>",
                "?>\n<!DOCTYPE definitions [<!ENTITY leak SYSTEM \"" + secret.toUri() + "\">]>"));
    assertThat(assertUnreadable(file).message()).contains("DOCTYPE").doesNotContain("the-secret");
  }

  @Test
  void reportsEndlessNesting() throws IOException {
    files.write(DIAGRAM, "<a>".repeat(100_000) + "</a>".repeat(100_000));
    assertThat(assertUnreadable(DIAGRAM).message()).contains("nested deeper");
  }

  @Test
  void reportsEndlessElements() throws IOException {
    files.write(DIAGRAM, "<a>" + "<b/>".repeat(30_000) + "</a>");
    assertThat(assertUnreadable(DIAGRAM).message()).contains("more than 20000 elements");
  }

  @Test
  void reportsXmlThatIsSomethingElse() throws IOException {
    files.write(DIAGRAM, "<html><body>Not found</body></html>");
    assertThat(assertUnreadable(DIAGRAM).message()).contains("its root is <html>");
  }

  @Test
  void reportsABpmnFileThatBreaksTheSchema() {
    files.edit(
        DIAGRAM,
        text ->
            text.replace("<bpmn:endEvent", "<bpmn:teaBreak")
                .replace("</bpmn:endEvent", "</bpmn:teaBreak"));
    assertUnreadable(DIAGRAM);
  }

  @Test
  void reportsAFolderInPlaceOfADiagram() throws IOException {
    files.delete(DIAGRAM);
    Files.createDirectory(files.path(DIAGRAM));
    assertUnreadable(DIAGRAM);
  }

  @Test
  void reportsALinkInPlaceOfADiagram() throws IOException {
    Path elsewhere = Files.move(files.path(DIAGRAM), folder.resolve("elsewhere.bpmn"));
    Files.createSymbolicLink(files.path(DIAGRAM), elsewhere);
    assertUnreadable(DIAGRAM);
  }

  @Test
  void reportsAMissingFolder() {
    List<Finding> findings =
        DiagramLint.check(folder.resolve("nowhere"), files.forms(), KnownWiring.wiring());
    assertThat(findings)
        .anySatisfy(
            finding -> {
              assertThat(finding.rule()).isEqualTo(Rule.READABLE);
              assertThat(finding.message()).contains("nowhere cannot be read");
            });
  }

  @Test
  void leavesOtherFilesAlone() throws IOException {
    files.write("heartbeat.bpmn.bak", "garbage");
    files.write("notes.txt", "garbage");
    Files.createDirectory(files.processes().resolve("element-templates"));
    assertThat(files.check(KnownWiring.wiring())).isEmpty();
  }

  private Finding assertUnreadable(String file) {
    List<Finding> findings = files.check(KnownWiring.wiring());
    assertThat(findings)
        .filteredOn(finding -> finding.file().equals(file))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.rule()).isEqualTo(Rule.READABLE);
              assertThat(finding.refuses()).isTrue();
            });
    return findings.stream()
        .filter(finding -> finding.file().equals(file))
        .findFirst()
        .orElseThrow();
  }
}
