package dev.kodo.kernel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kodo.kernel.diagram.BpmnDiagram;
import dev.kodo.kernel.diagram.BpmnReader;
import dev.kodo.kernel.diagram.BpmnUnreadable;
import dev.kodo.kernel.diagram.DiagramPicture;
import dev.kodo.kernel.diagram.Progress;
import dev.kodo.kernel.home.AtomicFile;
import dev.kodo.kernel.home.Json;
import dev.kodo.kernel.problem.ExitCode;
import dev.kodo.kernel.problem.Problem;
import dev.kodo.kernel.problem.ProblemCode;
import dev.kodo.kernel.run.KernelLock;
import dev.kodo.kernel.run.PanicFlag;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws a diagram with where its tokens stand. */
@Command(
    name = "diagram",
    description = {
      "Draw a diagram as it runs in the engine: green where a token stands, red where one is stuck,"
          + " grey how often a step was done.",
      "While Kodo does not run, the file of the installation is drawn without tokens. Needs no"
          + " browser."
    },
    footer = {
      "%nExamples:",
      "  kodo diagram heartbeat                    all its instances, into heartbeat.svg",
      "  kodo diagram heartbeat --instance latest  one instance",
      "  kodo diagram pacemaker -o loop.png        a picture of dots instead",
      "  kodo diagram my/own.bpmn -o -             a file, to standard output"
    })
final class DiagramCommand extends KodoCommand {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final String BPMN = ".bpmn";
  private static final String PNG = ".png";
  private static final String SVG = ".svg";
  private static final String STANDARD_OUTPUT = "-";
  private static final int SHOWN_INSTANCES = 10;

  @Parameters(
      paramLabel = "PROCESS|FILE.bpmn",
      description = "Id of a process in the engine, or a file.")
  private String what = "";

  @Option(
      names = "--instance",
      paramLabel = "KEY|latest",
      description = "Only this instance, in the version that it runs in.")
  private @Nullable String instance;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "Where to write it, .svg or .png; - is standard output. Default: PROCESS.svg in the"
              + " current folder.")
  private @Nullable String output;

  @Option(
      names = "--json",
      description = "Print tokens, incidents and counts as JSON; draw only with --output.")
  private boolean json;

  DiagramCommand(Session session) {
    super(session);
  }

  /**
   * What is drawn.
   *
   * @param told the engine's answer, or an empty object when only a file was read
   */
  private record Source(String name, String bpmn, JsonNode told, @Nullable String note) {}

  @Override
  ExitCode run() throws IOException {
    String target = output == null ? "" : output.toLowerCase(Locale.ROOT);
    if (!target.isEmpty() && !target.equals(STANDARD_OUTPUT) && !isPicture(target)) {
      throw new Problem(
          ProblemCode.DIAGRAM_UNREADABLE,
          "Expected --output to end in .svg or .png, but it is '%s'.".formatted(output),
          "Name it like `-o %s.svg`.".formatted(output));
    }
    if (json && target.equals(STANDARD_OUTPUT)) {
      throw new Problem(
          ProblemCode.DIAGRAM_UNREADABLE,
          "Expected either --json or a picture on standard output, but not both.",
          "Leave one of them out, or name a file with -o.");
    }
    Source source = source();
    BpmnDiagram diagram = read(source);
    Progress progress = progress(source.told());
    if (target.equals(STANDARD_OUTPUT)) {
      session().out().print(DiagramPicture.svg(diagram, progress));
      return ExitCode.OK;
    }
    @Nullable Path file = json && output == null ? null : write(source, diagram, progress);
    if (json) {
      say(Json.print(asJson(source, diagram, file)));
    } else {
      describe(source, diagram, progress, String.valueOf(file));
    }
    return ExitCode.OK;
  }

  private static boolean isPicture(String name) {
    return name.endsWith(SVG) || name.endsWith(PNG);
  }

  private Source source() throws IOException {
    if (what.endsWith(BPMN)) {
      requireNoInstance("A file has no instances.");
      return local(Path.of(what), "A file alone has no tokens; name its process to see them.");
    }
    boolean runs =
        KernelLock.holder(session().home()).isPresent()
            && !new PanicFlag(session().home().panicFlag()).isRaised();
    if (runs) {
      String query = instance == null ? "" : "?instance=" + encoded(instance);
      JsonNode told = session().api(TIMEOUT).get("/diagrams/" + encoded(what) + query);
      return new Source(what, told.path("bpmn").asText(), told, null);
    }
    requireNoInstance("Kodo does not run, so nobody knows its instances.");
    Path file = processes().resolve(what + BPMN);
    return local(file, "Kodo does not run: this is the file %s, without tokens.".formatted(file));
  }

  private void requireNoInstance(String why) {
    if (instance != null) {
      throw new Problem(ProblemCode.NOT_RUNNING, why, "Leave --instance out, or run `kodo up`.");
    }
  }

  private Source local(Path file, String note) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new Problem(
          ProblemCode.DIAGRAM_UNREADABLE,
          "There is no diagram %s.".formatted(file),
          "The installation has: %s.".formatted(String.join(", ", shipped())));
    }
    String name = String.valueOf(file.getFileName());
    return new Source(
        name.substring(0, name.length() - BPMN.length()),
        Files.readString(file),
        Json.object(),
        note);
  }

  private Path processes() {
    return session().installation().root().resolve("processes");
  }

  private List<String> shipped() throws IOException {
    try (Stream<Path> files = Files.list(processes())) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(BPMN))
          .map(name -> name.substring(0, name.length() - BPMN.length()))
          .sorted()
          .toList();
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private BpmnDiagram read(Source source) {
    try {
      return BpmnReader.read(source.bpmn());
    } catch (BpmnUnreadable unreadable) {
      throw refused(source, unreadable);
    }
  }

  private static Problem refused(Source source, BpmnUnreadable unreadable) {
    return new Problem(
        ProblemCode.DIAGRAM_UNREADABLE,
        "Could not draw %s: %s.".formatted(source.name(), unreadable.getMessage()));
  }

  private static Progress progress(JsonNode told) {
    Map<String, Progress.Element> elements = new LinkedHashMap<>();
    told.path("elements")
        .forEach(
            element ->
                elements.put(
                    element.path("id").asText(),
                    new Progress.Element(
                        element.path("tokens").asLong(),
                        element.path("incidents").asLong(),
                        element.path("completed").asLong())));
    return new Progress(elements);
  }

  private Path write(Source source, BpmnDiagram diagram, Progress progress) throws IOException {
    String key = source.told().at("/instance/key").asText();
    Path file =
        Path.of(output == null ? source.name() + (key.isEmpty() ? "" : "-" + key) + SVG : output)
            .toAbsolutePath();
    try {
      if (file.toString().toLowerCase(Locale.ROOT).endsWith(PNG)) {
        Files.write(file, DiagramPicture.png(diagram, progress));
      } else {
        AtomicFile.write(file, DiagramPicture.svg(diagram, progress));
      }
    } catch (BpmnUnreadable tooLarge) {
      throw refused(source, tooLarge);
    }
    return file;
  }

  private void describe(Source source, BpmnDiagram diagram, Progress progress, String file) {
    JsonNode told = source.told();
    say("Wrote " + file);
    say(source.note() == null ? instances(told) : source.note());
    Map<String, String> names =
        diagram.nodes().stream()
            .collect(Collectors.toMap(BpmnDiagram.Node::id, BpmnDiagram.Node::name, (a, b) -> a));
    progress.elements().entrySet().stream()
        .filter(entry -> entry.getValue().tokens() + entry.getValue().incidents() > 0)
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> say(line(entry.getKey(), entry.getValue(), names)));
    told.path("called")
        .forEach(
            called ->
                say(
                    "It waits for: kodo diagram %s --instance %s"
                        .formatted(
                            called.path("processId").asText(), called.path("key").asText())));
  }

  private static String line(String id, Progress.Element element, Map<String, String> names) {
    String name = names.get(id);
    String place =
        name == null
            ? id + ", of another version"
            : name.isBlank() ? id : "%s (%s)".formatted(name, id);
    return "  %d at %s%s"
        .formatted(
            element.tokens(),
            place,
            element.incidents() == 0 ? "" : ", %d stuck".formatted(element.incidents()));
  }

  private String instances(JsonNode told) {
    JsonNode one = told.path("instance");
    if (one.isObject()) {
      return "Instance %s of version %d, %s since %s, agent %s"
          .formatted(
              one.path("key").asText(),
              told.path("version").asInt(),
              one.path("state").asText(),
              one.path("startedAt").asText(),
              one.path("agentId").asText("none"));
    }
    StringBuilder text = new StringBuilder("Version %d.".formatted(told.path("version").asInt()));
    int shown = 0;
    for (JsonNode each : told.path("instances")) {
      if (shown++ < SHOWN_INSTANCES) {
        text.append(
            "\n  --instance %s  %-10s since %s, agent %s"
                .formatted(
                    each.path("key").asText(),
                    each.path("state").asText(),
                    each.path("startedAt").asText(),
                    each.path("agentId").asText("none")));
      }
    }
    return text.toString();
  }

  private static ObjectNode asJson(Source source, BpmnDiagram diagram, @Nullable Path file) {
    ObjectNode out = Json.object().put("processId", diagram.processId());
    source
        .told()
        .properties()
        .forEach(
            field -> {
              if (!field.getKey().equals("bpmn")) {
                out.set(field.getKey(), field.getValue());
              }
            });
    return file == null ? out : out.put("file", file.toString());
  }
}
