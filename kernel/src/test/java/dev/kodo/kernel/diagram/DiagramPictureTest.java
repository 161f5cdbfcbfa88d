package dev.kodo.kernel.diagram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every diagram of the installation, drawn; and files of strangers. */
class DiagramPictureTest {
  private static final Path PROCESSES = Path.of("..", "processes").toAbsolutePath().normalize();
  private static final Pattern DRAWN = Pattern.compile("data-element-id=\"([^\"]+)\"");
  private static final Pattern PLACED = Pattern.compile("bpmnElement=\"([^\"]+)\"");
  private static final Pattern NAME = Pattern.compile(" name=\"([^\"]+)\"");

  static Stream<Path> shipped() throws IOException {
    try (Stream<Path> files = Files.list(PROCESSES)) {
      return files.filter(file -> file.toString().endsWith(".bpmn")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void drawsEveryElementThatHasAPlace(Path file) throws Exception {
    String bpmn = Files.readString(file);
    BpmnDiagram diagram = BpmnReader.read(bpmn);

    String svg = DiagramPicture.svg(diagram, Progress.NONE);

    Set<String> placed = new HashSet<>(matches(PLACED, bpmn));
    placed.remove(diagram.processId());
    assertThat(matches(DRAWN, svg)).hasSizeGreaterThan(5).containsAll(placed);
    var document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    String words = document.getDocumentElement().getTextContent().replaceAll("\\s+", " ");
    for (BpmnDiagram.Node node : diagram.nodes()) {
      assertThat(words).contains(node.name().replaceAll("\\s+", " "));
    }
  }

  @Test
  void marksWhereTokensStandAndWhatIsStuck() throws Exception {
    BpmnDiagram diagram = BpmnReader.read(Files.readString(PROCESSES.resolve("theme-end.bpmn")));
    List<String> tasks =
        diagram.nodes().stream()
            .filter(node -> node.kind() == BpmnDiagram.Kind.TASK)
            .map(BpmnDiagram.Node::id)
            .toList();

    String svg =
        DiagramPicture.svg(
            diagram,
            new Progress(
                Map.of(
                    tasks.get(0), new Progress.Element(2, 0, 7),
                    tasks.get(1), new Progress.Element(1, 1, 0))));

    assertThat(group(svg, tasks.get(0))).contains("#10a35c").doesNotContain("#d1242f");
    assertThat(group(svg, tasks.get(1))).contains("#d1242f");
    assertThat(group(svg, tasks.get(0) + "-numbers")).contains(">2</text>", ">7</text>");
    assertThat(DiagramPicture.svg(diagram, Progress.NONE)).doesNotContain("#10a35c", "#d1242f");
  }

  @Test
  void paintsTheSameAsAPicture() throws Exception {
    BpmnDiagram diagram = BpmnReader.read(Files.readString(PROCESSES.resolve("theme-end.bpmn")));
    String task =
        diagram.nodes().stream()
            .filter(node -> node.kind() == BpmnDiagram.Kind.TASK)
            .findFirst()
            .orElseThrow()
            .id();

    BufferedImage plain = image(DiagramPicture.png(diagram, Progress.NONE));
    BufferedImage marked =
        image(
            DiagramPicture.png(diagram, new Progress(Map.of(task, new Progress.Element(1, 0, 0)))));

    assertThat(colours(plain)).contains(0x22242a, 0xffffff).doesNotContain(0x10a35c);
    assertThat(colours(marked)).contains(0x10a35c);
    assertThat(marked.getWidth()).isEqualTo(plain.getWidth()).isGreaterThan(500);
  }

  @Test
  void readsEventsGatewaysAndDefaultsAsTheyAreDrawn() throws Exception {
    BpmnDiagram diagram = BpmnReader.read(Files.readString(PROCESSES.resolve("heartbeat.bpmn")));

    assertThat(diagram.processId()).isEqualTo("heartbeat");
    assertThat(diagram.lines()).anyMatch(BpmnDiagram.Line::usual);
    assertThat(diagram.nodes().stream().map(BpmnDiagram.Node::detail))
        .contains("timer", "error", "escalation", "message", "exclusiveGateway", "serviceTask");
    assertThat(diagram.nodes()).anyMatch(node -> !node.interrupts());
    assertThat(diagram.nodes().stream().map(BpmnDiagram.Node::kind))
        .contains(BpmnDiagram.Kind.CALL_ACTIVITY, BpmnDiagram.Kind.EVENT_SUB_PROCESS);
  }

  @Test
  void keepsAStrangersNameAText() throws Exception {
    String bpmn =
        Files.readString(PROCESSES.resolve("theme-end.bpmn"))
            .replaceFirst(NAME.pattern() + " isExecutable", " name=\"x\" isExecutable")
            .replace(
                "name=\"Summarize theme\"", "name=\"&lt;script&gt;alert(1)&lt;/script&gt;&quot;\"");

    String svg = DiagramPicture.svg(BpmnReader.read(bpmn), Progress.NONE);

    assertThat(svg).doesNotContain("<script").contains("&lt;script&gt;");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no xml",
        "<a/>",
        "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>",
        "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\"><process id=\"p\"/></definitions>"
      })
  void refusesWhatIsNoDiagram(String text) {
    assertThatThrownBy(() -> BpmnReader.read(text)).isInstanceOf(BpmnUnreadable.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e9", "NaN", "", "wide", "Infinity"})
  void refusesAPlaceThatIsNone(String number) throws IOException {
    String bpmn =
        Files.readString(PROCESSES.resolve("theme-end.bpmn"))
            .replaceFirst("(<dc:Bounds x=\")[^\"]+", "$1" + number);

    assertThatThrownBy(() -> BpmnReader.read(bpmn))
        .isInstanceOf(BpmnUnreadable.class)
        .hasMessageContaining("'" + number + "'");
  }

  @Test
  void refusesAPictureThatNeedsMoreMemoryThanACommandHas() throws Exception {
    BpmnDiagram diagram =
        BpmnReader.read(
            Files.readString(PROCESSES.resolve("theme-end.bpmn"))
                .replaceFirst("(<dc:Bounds x=\")[^\"]+(\" y=\")[^\"]+", "$1-90000$2-90000"));

    assertThatThrownBy(() -> DiagramPicture.png(diagram, Progress.NONE))
        .isInstanceOf(BpmnUnreadable.class)
        .hasMessageContaining("SVG");
    assertThat(DiagramPicture.svg(diagram, Progress.NONE)).contains("</svg>");
  }

  @Test
  void breaksNamesWhereTheyHaveNoRoom() {
    assertThat(TextLines.of("Write activity log", 60, 12)).containsExactly("Write", "activity log");
    assertThat(TextLines.of("活動の記録を書く仕事", 60, 12)).containsExactly("活動の記録", "を書く仕事");
    assertThat(TextLines.of("one\ntwo", 100, 12)).containsExactly("one", "two");
  }

  private static Set<String> matches(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map((MatchResult match) -> match.group(1))
        .collect(Collectors.toSet());
  }

  private static String group(String svg, String id) {
    int from = svg.indexOf("<g data-element-id=\"" + id + "\"");
    assertThat(from).as(id).isNotNegative();
    return svg.substring(from, svg.indexOf("</g>", from));
  }

  private static BufferedImage image(byte[] png) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(png));
  }

  private static Set<Integer> colours(BufferedImage image) {
    Set<Integer> colours = new HashSet<>();
    for (int x = 0; x < image.getWidth(); x++) {
      for (int y = 0; y < image.getHeight(); y++) {
        colours.add(image.getRGB(x, y) & 0xffffff);
      }
    }
    return colours;
  }
}
