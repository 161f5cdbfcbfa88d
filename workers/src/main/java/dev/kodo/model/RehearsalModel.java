package dev.kodo.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kodo.model.rehearsal.Material;
import dev.kodo.model.rehearsal.Rehearsal;
import dev.kodo.process.ErrorCode;
import dev.kodo.worker.CallRefused;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The rule-based stand-in: a script first, then rules over the material. No language model. */
final class RehearsalModel implements LanguageModel {
  private static final ModelDescription DESCRIPTION =
      new ModelDescription("rehearsal", "rehearsal", true, null);

  private final Script script;
  private final ObjectMapper json;

  RehearsalModel(Script script, ObjectMapper json) {
    this.script = script;
    this.json = json;
  }

  @Override
  public ModelDescription describe() {
    return DESCRIPTION;
  }

  @Override
  public RawAnswer reply(ModelCall call) {
    Question<?> question = call.question();
    Optional<Script.Step> step = script.next(question.purpose(), call.key());
    String text = step.isPresent() ? scripted(step.get()) : write(ruled(question));
    return new RawAnswer(
        question.purpose().id(), text, null, 0, 0, BigDecimal.ZERO, "free", 0, DESCRIPTION);
  }

  private static String scripted(Script.Step step) {
    return switch (step) {
      case Script.Step.Say say -> say.text();
      case Script.Step.Refuse refuse ->
          throw new CallRefused(
              ErrorCode.MODEL_UNAVAILABLE,
              "The script of the rehearsal refuses this call. Look at model.script.",
              null);
      case Script.Step.TimeOut timeOut ->
          throw new IllegalStateException("the script of the rehearsal lets this call time out");
    };
  }

  private static Record ruled(Question<?> question) {
    Material material = Material.of(sections(question));
    return switch (question.purpose()) {
      case CHOOSE_ACTIVITY -> Rehearsal.choose(material);
      case THINK -> Rehearsal.think(material);
      case OBSERVE -> Rehearsal.observe(material);
      case CREATE -> Rehearsal.create(material);
      case OTHER -> Rehearsal.other(material);
      case OWN_THEME -> Rehearsal.ownTheme(material);
      case EXPERT_CONTEXT -> Rehearsal.expertContext(material);
      case THEME_SUMMARY -> Rehearsal.themeSummary(material);
      case INTROSPECT -> Rehearsal.introspect(material);
      case ROUTINE -> Rehearsal.routine(material);
      case ASK -> Rehearsal.ask(material);
    };
  }

  /** The rules know one section of all beats and one of all pieces. */
  private static Map<String, String> sections(Question<?> question) {
    Map<String, String> sections = new LinkedHashMap<>();
    String file = "";
    for (Section section : question.sections()) {
      switch (section.kind()) {
        case BEAT -> {
          file = file(section.text());
          sections.merge("Recent beats", section.text(), RehearsalModel::below);
        }
        case PIECE ->
            sections.merge(
                section.name().equals("Piece") ? "Recent artifacts" : section.name(),
                section.name().equals("Piece")
                    ? "## " + file + "\n" + section.text()
                    : section.text(),
                RehearsalModel::below);
        case FIRM, CONTEXT, THEME, RULES, FILE, INSTRUCTION ->
            sections.put(section.name(), section.text());
      }
    }
    return sections;
  }

  private static String below(String above, String text) {
    return above + "\n" + text;
  }

  /** The name of the file that the last of these beats left. */
  private static String file(String beats) {
    String[] words = beats.lines().reduce("", (before, line) -> line).split(" ", 4);
    return words.length < 4 ? "" : words[0] + "_" + words[3];
  }

  private String write(Record answer) {
    try {
      return json.writeValueAsString(answer);
    } catch (JsonProcessingException defect) {
      throw new IllegalStateException(
          "Expected an answer of the rehearsal that can be written as JSON", defect);
    }
  }
}
